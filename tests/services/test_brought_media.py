"""A quiz with images goes to another Quizhall and comes back whole."""

import pytest
from house import house
from pictures import file_of, photo
from sound_samples import mp3

from formats.quizhall_zip import export
from models.tables import ImportPreview
from services.images import remake
from services.sounds import prepare

NAME = "c" * 64 + ".png"


def quiz_with(name: str) -> dict:
    media = {"image": name, "alt": "Noise"}
    slides = [{"id": "a", "kind": "info", "prompt": "one", "media": media}, {"id": "b", "kind": "info", "prompt": "2"}]
    return {"title": "T", "questions": slides}


@pytest.mark.gen_test
async def test_a_quiz_moves_with_its_images(tmp_path):
    """Byte for byte, and out again the same."""
    picture = remake(file_of(photo()))
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        file = export(quiz_with(picture.id), {picture.id: picture.data}).data
        result = await desk.imports.import_file(ada, file, "x.zip")
        assert result["warnings"] == []
        assert result["quiz"]["questions"][0]["media"] == {"image": picture.id, "alt": "Noise"}
        assert (await desk.media.find(picture.id)).data == picture.data
        _, out = await desk.exports.make(ada, result["quiz"]["id"], "zip")
        again = await desk.imports.import_file(ada, out.data, "x.zip")
        assert again["quiz"]["questions"] == result["quiz"]["questions"]
        offers = await desk.exports.offers(ada, result["quiz"]["id"])
        assert {offer["format"]: offer["issues"] for offer in offers["exports"]}["zip"] == []


@pytest.mark.gen_test
async def test_a_quiz_moves_with_its_sounds(tmp_path):
    """Those of another Quizhall without a loss, a stranger's by what was made of it; what is no sound is told."""
    sound, picture = prepare(mp3()), remake(file_of(photo()))
    media = {"image": picture.id, "alt": "Noise", "audio": sound.id, "transcript": "Silence"}
    quiz = {"title": "T", "questions": [{"id": "a", "kind": "info", "prompt": "one", "media": media}]}
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        files = {sound.id: sound.data, picture.id: picture.data}
        result = await desk.imports.import_file(ada, export(quiz, files).data, "x.zip")
        assert (result["warnings"], result["quiz"]["questions"][0]["media"]) == ([], media)
        assert (await desk.media.find(sound.id)).data == sound.data
        _, out = await desk.exports.make(ada, result["quiz"]["id"], "zip")
        again = await desk.imports.import_file(ada, out.data, "x.zip")
        assert again["quiz"]["questions"] == result["quiz"]["questions"]
        offers = {offer["format"]: offer for offer in (await desk.exports.offers(ada, result["quiz"]["id"]))["exports"]}
        assert offers["zip"]["issues"] == []
        assert "sound_lost" in {issue["code"] for issue in offers["markdown"]["issues"]}
        strange = "f" * 64 + ".mp3"
        quiz["questions"][0]["media"] = media | {"audio": strange}
        files = {strange: mp3(), picture.id: picture.data}
        result = await desk.imports.import_file(ada, export(quiz, files).data, "x.zip")
        assert result["quiz"]["questions"][0]["media"] == media
        for wrong in ({strange: b"no sound", picture.id: picture.data}, {}):
            result = await desk.imports.import_file(ada, export(quiz, wrong).data, "x.zip")
            assert result["quiz"]["questions"][0]["media"] == {"image": picture.id, "alt": "Noise"}
            assert [told["code"] for told in result["warnings"]] == ["sound_missing"]


@pytest.mark.gen_test
async def test_a_picture_under_any_name_goes_the_way_of_uploads(tmp_path):
    """It is called by what was made of it; what is no picture is told and the question comes without it."""
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        upload = file_of(photo(), "JPEG")
        result = await desk.imports.import_file(ada, export(quiz_with(NAME), {NAME: upload}).data, "x.zip")
        assert result["quiz"]["questions"][0]["media"]["image"] == remake(upload).id
        svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
        result = await desk.imports.import_file(ada, export(quiz_with(NAME), {NAME: svg}).data, "x.zip")
        assert result["quiz"]["questions"][0]["media"] is None
        (told,) = result["warnings"]
        assert (told["code"], "SVG" in told["message"]) == ("image_missing", True)


@pytest.mark.gen_test
async def test_a_preview_shows_the_images_and_keeps_no_second_copy(tmp_path):
    """They are stored as images are, and go after a day when nothing was saved."""
    picture = remake(file_of(photo()))
    async with house(tmp_path) as here:
        desk, ada = here.services.desk, await here.teacher()
        file = export(quiz_with(picture.id), {picture.id: picture.data}).data
        made = await desk.previews.make(ada, file, "x.zip")
        assert (await desk.media.find(picture.id)).data == picture.data
        row = await here.services.db.read(ImportPreview.get)
        assert len(row.content) < 2000
        (saved,) = await desk.previews.save(ada, made["id"], {(0, 0)}, {})
        quiz = await desk.quizzes.get(ada, saved["id"])
        assert quiz["questions"][0]["media"]["image"] == picture.id
