"""What templates can rely on."""

import pytest
from jinja2 import UndefinedError

from handlers.qr import qr_svg
from handlers.static import StaticFiles
from handlers.templating import Templates


@pytest.fixture
def render(tmp_path):
    """Renders a template given as text."""

    def render_text(text, **context):
        (tmp_path / "page.html").write_text(text)
        return Templates(tmp_path, tmp_path / "locales", StaticFiles(tmp_path)).render("page.html", context)

    return render_text


def test_what_people_wrote_is_escaped(render):
    """In texts with a place for it too."""
    shown = render("{{ name }} {{ _('Hello %(name)s', name=name) }}", name="<b>")
    assert shown == "&lt;b&gt; Hello &lt;b&gt;"


def test_numbers_choose_the_form(render):
    """Without a catalogue the English one."""
    text = "{{ ngettext('%(num)s room', '%(num)s rooms', n) }}"
    assert [render(text, n=n) for n in (1, 2)] == ["1 room", "2 rooms"]


def test_a_name_that_nobody_gave_is_a_mistake(render):
    """And not an empty place on a page."""
    with pytest.raises(UndefinedError):
        render("{{ nobody }}")


def test_times_are_told_in_words(render):
    """From the milliseconds that everything else uses."""
    assert "2023" in render("{{ at|datetime }}", at=1_700_000_000_000)


def test_a_question_is_formatted_as_its_kind_allows(render):
    """A sentence with gaps never is: on a phone it is a form. Where there is no place for tags, words are left."""
    text = "{{ question.prompt|formatted(question) }} {{ question.prompt|in_words(question) }}"
    shown = {"prompt": "2 **<** 3", "markup": "markdown"}
    assert render(text, question=shown | {"kind": "single"}) == "2 <strong>&lt;</strong> 3 2 &lt; 3"
    gaps = {"prompt": "**{{1}}** < 3", "markup": "markdown", "kind": "blanks"}
    assert render(text, question=gaps) == "**__1__** &lt; 3 **__1__** &lt; 3"
    assert render(text, question={"prompt": "<i> **2**", "kind": "single"}) == "&lt;i&gt; **2** &lt;i&gt; **2**"


def test_the_qr_code_has_no_style():
    """The Content Security Policy would drop it."""
    drawn = qr_svg("http://192.0.2.2:8888/j/123456")
    assert drawn.startswith("<svg ")
    assert "style" not in drawn
    assert "viewBox" in drawn
