"""The pages of results: how the matrix is asked for, what a large room weighs, what is taken away."""

import pytest
from past_lessons import lecture, played
from sample_kinds import SCALE
from sample_rooms import NUMBER, POLL, SINGLE, TEXT
from sound_samples import wav
from web import EMAIL

from handlers.pages.results import Sorting
from services.result_pages import Wanted


async def owner(here):
    return await here.services.accounts.identity_of(EMAIL)


def test_a_click_sorts_and_another_turns_it_round():
    """Names and places begin at the start, figures at the top."""
    sorting = Sorting(Wanted())
    assert (sorting.direction("rank"), sorting.direction("name")) == ("ascending", None)
    assert sorting.link("rank") == "?sort=rank&order=desc#matrix"
    assert sorting.link("q4") == "?sort=q4&order=desc#matrix"
    by_question = Sorting(Wanted("question", 4, is_descending=True, page=2))
    assert by_question.link("q4") == "?sort=q4&order=asc#matrix"
    assert by_question.page(3) == "?sort=q4&order=desc&page=3#matrix"


@pytest.mark.gen_test
async def test_a_sound_can_be_heard_and_read_where_its_author_reads(signed_in, here):
    """On the quiz's page and among the results, where nothing stands in for the picture that there is not."""
    teacher = await owner(here)
    made = await here.services.desk.media.add(teacher, wav())
    heard = {"audio": made["id"], "transcript": "<A> tone"}
    room = await played(here, teacher, "Ada", question=TEXT | {"media": heard})
    (quiz,) = (await here.services.desk.library.page(teacher))["quizzes"]
    for path in (f"/quizzes/{quiz['id']}", f"/rooms/{room['id']}/results"):
        page = (await signed_in.page(path)).body.decode()
        assert f'src="/media/{made["id"]}"' in page
        assert "&lt;A&gt; tone" in page
        assert page.count("/media/") == 1


@pytest.mark.gen_test
async def test_what_an_address_says_wrongly_is_not_said(signed_in, here):
    """The first page by rank."""
    room = await played(here, await owner(here), "Ada", "Bo")
    for query in ("sort=luck", "sort=q0", "sort=question", "sort=q99&order=up", "page=0", "page=99999", "page=x"):
        response = await signed_in.page(f"/rooms/{room['id']}/results?{query}")
        assert response.code == 200, query
        assert "Ada" in response.body.decode()


@pytest.mark.gen_test(timeout=60)
async def test_a_lecture_of_a_thousand_and_thirty_questions_is_a_page_like_others(signed_in, here):
    """Half a megabyte before it is compressed, and nobody is missing from the pages together."""
    room = await lecture(here, await owner(here), [SINGLE, TEXT, NUMBER] * 10, 1000)
    body = (await signed_in.page(f"/rooms/{room['id']}/results")).body
    assert len(body) < 600_000
    assert body.count(b'<tr id="p-') == 50
    seen = set()
    for page in range(1, 21):
        html = (await signed_in.page(f"/rooms/{room['id']}/results?sort=q7&page={page}")).body.decode()
        seen |= {part[:36] for part in html.split('<tr id="p-')[1:]}
    assert len(seen) == 1000


@pytest.mark.gen_test
async def test_everybody_is_on_paper(signed_in, here):
    """A table with pages is printed from a page that has all of them, sorted as it was."""
    room = await lecture(here, await owner(here), [SINGLE], 60)
    page = (await signed_in.page(f"/rooms/{room['id']}/results?sort=name&order=desc")).body.decode()
    way = "?sort=name&amp;order=desc&amp;people=all#print"
    assert f'href="{way}"' in page
    assert 'id="print"' not in page
    whole = (await signed_in.page(f"/rooms/{room['id']}/results?sort=name&order=desc&people=all")).body.decode()
    assert whole.count('<tr id="p-') == 60
    assert 'id="print"' in whole


@pytest.mark.gen_test
async def test_a_persons_own_way(signed_in, here):
    """What they answered and what was right; nobody else's, and not of another room."""
    room = await played(here, await owner(here), "<i>Ada", "Bo")
    results = await here.services.desk.results.json(await owner(here), room["id"])
    ada = next(person["id"] for person in results["participants"] if "Ada" in person["nickname"])
    page = (await signed_in.page(f"/rooms/{room['id']}/results/{ada}")).body.decode()
    assert "&lt;i&gt;Ada" in page
    assert "it is &lt;i&gt;Ada" in page
    assert "it is Bo" not in page
    assert "Paris" in page
    other = await played(here, await owner(here), "Cleo")
    for path in (f"/rooms/{other['id']}/results/{ada}", f"/rooms/{room['id']}/results/x"):
        assert (await signed_in.page(path)).code == 404


@pytest.mark.gen_test
async def test_a_room_of_polls_and_one_of_nobody(signed_in, here):
    """No shares, no places that mean nothing, and a sentence all the same."""
    teacher = await owner(here)
    polls = await lecture(here, teacher, [POLL], 6)
    page = (await signed_in.page(f"/rooms/{polls['id']}/results")).body.decode()
    assert "of 6 answered everything" in page or "All 6 answered everything" in page
    nobody = await lecture(here, teacher, [SINGLE], 0)
    assert "Nobody took part" in (await signed_in.page(f"/rooms/{nobody['id']}/results")).body.decode()


@pytest.mark.gen_test
async def test_a_scale_has_an_average(signed_in, here):
    """With one decimal at most, as on the projector; a poll, and a scale that nobody answered, have none."""
    teacher = await owner(here)
    room = await lecture(here, teacher, [SCALE, POLL], 7)
    results = await here.services.desk.results.json(teacher, room["id"])
    given = [person["answers"][0]["answer"] for person in results["participants"]]
    chosen = [answer["number"] for answer in given if answer]
    page = (await signed_in.page(f"/rooms/{room['id']}/results")).body.decode()
    assert f"{round(sum(chosen) / len(chosen), 1):g} on average" in page
    assert page.count("on average") == 1
    silent = await lecture(here, teacher, [SCALE], 0)
    assert "on average" not in (await signed_in.page(f"/rooms/{silent['id']}/results")).body.decode()


@pytest.mark.gen_test
async def test_taking_away_needs_the_form_and_the_owner(signed_in, colleague, here):
    """Without the XSRF token nothing happens; the room of somebody else is refused."""
    room = await played(here, await owner(here), "Ada")
    foreign = await played(here, await here.services.accounts.identity_of("bo@school.example"), "Zoe")
    await signed_in.page(f"/rooms/{room['id']}/results")
    for deed in ("anonymise", "delete"):
        assert (await signed_in.fetch("POST", f"/rooms/{room['id']}/{deed}", b"")).code == 403
        assert (await signed_in.form(f"/rooms/{foreign['id']}/{deed}")).code == 403
    response = await signed_in.form(f"/rooms/{room['id']}/delete")
    assert (response.code, response.headers["Location"]) == (303, f"/rooms?deleted={room['id']}")
    assert "/restore" in (await signed_in.page(response.headers["Location"])).body.decode()
    assert (await signed_in.page(f"/rooms/{room['id']}/results")).code == 404
    assert (await signed_in.form(f"/rooms/{room['id']}/restore")).code == 303
    assert (await signed_in.page(f"/rooms/{room['id']}/results")).code == 200
