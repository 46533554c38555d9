"""Letters, with a real letter box behind them: what is in them, and that nobody learns who has an account."""

import email
import re
from collections.abc import Iterator
from email import policy

import pytest
from aiosmtpd.controller import Controller
from blackbox_process import free_port
from web import EMAIL, PASSWORD, Web


class Box:
    """What came, decoded."""

    def __init__(self):
        self.letters = []

    async def handle_DATA(self, server, session, envelope):
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def smtp(box: Box) -> Iterator[Controller]:
    """On this machine, in a thread of its own."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port(), server_hostname="box.example")
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def config_values(smtp: Controller):
    return {"smtp_url": f"smtp://127.0.0.1:{smtp.port}", "smtp_from": "Quizhall <quiz@school.example>"}


async def ask(web, here, address):
    """(status, body) of the page after a letter was asked for, when whatever it set off is done."""
    response = await web.form("/forgot", email=address)
    await here.services.people.letters.settle()
    # The address stands there as it was typed, and the form's token is another one each time.
    said = re.sub(r'content="[^"]+"|<b>[^<]*</b>', "", response.body.decode())
    return response.code, said


@pytest.mark.gen_test
async def test_a_letter_brings_a_link_to_a_new_password(teacher, web, here, box):
    """To the address of the account, from ours; the link works once."""
    assert b"We send you a link" in (await web.page("/forgot")).body
    status, page = await ask(web, here, "ADA@school.example ")
    assert status == 200
    assert "Look into your mail" in page
    (letter,) = box.letters
    assert (letter["To"], letter["From"]) == (EMAIL, "Quizhall <quiz@school.example>")
    assert letter["Subject"] == "A new password for Quizhall"
    assert letter["Auto-Submitted"] == "auto-generated"
    text = letter.get_content()
    assert "Hello Ada," in text
    path = re.search(r"http://quiz.example(/new-password\?token=\S+)", text)[1]
    assert (await web.page(path)).code == 200
    token = path.partition("token=")[2]
    assert (await web.form("/new-password", token=token, password="a new long password")).code == 303
    assert (await web.page(path)).code == 410
    assert (await teacher.json("GET", "/api/v1/account"))[0] == 401


@pytest.mark.gen_test
async def test_the_page_says_the_same_whoever_is_asked_for(teacher, web, here, box):
    """Also for nobody, for somebody deactivated, and for nonsense; only one letter goes out."""
    await here.services.accounts.create("gone@school.example", "Gone", "teacher", PASSWORD)
    await here.services.accounts.create("root@school.example", "Root", "admin", PASSWORD)
    root = await here.services.accounts.identity_of("root@school.example")
    gone = await here.services.accounts.identity_of("gone@school.example")
    await here.services.people.admin.deactivate(root, gone.id)
    await web.page("/forgot")
    said = {await ask(web, here, address) for address in (EMAIL, "nobody@school.example", gone.email, "x", "a\x00b")}
    assert len(said) == 1
    assert [letter["To"] for letter in box.letters] == [EMAIL]


@pytest.mark.gen_test
async def test_the_api_says_the_same_too(teacher, web, here, box):
    """202 and nothing else."""
    for address in (EMAIL, "nobody@school.example"):
        assert await web.json("POST", "/api/v1/forgotten-password", {"email": address}) == (202, {})
    await here.services.people.letters.settle()
    assert [letter["To"] for letter in box.letters] == [EMAIL]


@pytest.mark.gen_test
async def test_nobodys_letter_box_is_filled(teacher, web, here, box):
    """Three letters an hour, whoever asks for them; the page says the same as ever."""
    await web.page("/forgot")
    said = [await ask(web, here, EMAIL) for _ in range(5)]
    assert len(set(said)) == 1
    assert len(box.letters) == 3


@pytest.mark.gen_test
async def test_only_the_link_of_the_newest_letter_works(teacher, web, here, box):
    """For an hour."""
    await web.page("/forgot")
    for _ in range(2):
        await ask(web, here, EMAIL)
    old, new = [re.search(r"/new-password\S+", letter.get_content())[0] for letter in box.letters]
    assert (await web.page(old)).code == 410
    assert (await web.page(new)).code == 200
    here.clock.advance(3600)
    assert (await web.page(new)).code == 410


class TestOpen:
    @pytest.fixture
    def config_values(self, smtp: Controller):
        sender = {"smtp_url": f"smtp://127.0.0.1:{smtp.port}", "smtp_from": "quiz@school.example"}
        return sender | {"registration": "open"}

    @pytest.mark.gen_test
    async def test_a_letter_brings_a_new_account(self, web, here, box):
        """For the address that it was sent to and no other, once; signed in at once."""
        assert b"We send you a link" in (await web.page("/sign-up")).body
        assert b"Look into your mail" in (await web.form("/sign-up", email="Bo@school.example")).body
        await here.services.people.letters.settle()
        (letter,) = box.letters
        assert (letter["To"], letter["Subject"]) == ("bo@school.example", "Your account for Quizhall")
        path = re.search(r"http://quiz.example(/sign-up\?token=\S+)", letter.get_content())[1]
        page = (await web.page(path)).body.decode()
        assert 'value="bo@school.example"' in page
        filled = {"token": path.partition("token=")[2], "name": "Bo", "password": "a long password"}
        response = await web.form("/sign-up", **filled, email="cy@school.example")
        assert (response.code, b"the one that the link was sent to" in response.body) == (422, True)
        assert (await web.form("/sign-up", **filled, email="bo@school.example")).code == 303
        assert (await web.page("/account")).code == 200
        assert (await web.page(path)).code == 410

    @pytest.mark.gen_test
    async def test_whoever_has_an_account_hears_of_it_by_letter(self, teacher, web, here, box):
        """The page and the API say the same to all; a stranger's address that is none gets nothing."""
        await web.page("/sign-up")
        said = set()
        for address in (EMAIL, "new@school.example", "x"):
            page = (await web.form("/sign-up", email=address)).body.decode()
            said.add(re.sub(r'content="[^"]+"|<b>[^<]*</b>', "", page))
            assert await web.json("POST", "/api/v1/sign-up/letter", {"email": address}) == (202, {})
        assert len(said) == 1
        await here.services.people.letters.settle()
        told = {letter["To"]: letter for letter in box.letters}
        assert set(told) == {EMAIL, "new@school.example"}
        text = told[EMAIL].get_content()
        assert "you have one already" in text
        assert "http://quiz.example/login" in text
        assert "token=" not in text

    @pytest.mark.gen_test
    async def test_nobody_waits_where_letters_go_out(self, web):
        """Without a link there is no account."""
        new = {"name": "Bo", "email": "bo@school.example", "password": "a long password"}
        assert (await web.json("POST", "/api/v1/sign-up", new))[0] == 403

    @pytest.mark.gen_test
    async def test_an_invitation_goes_to_its_address(self, web, here, box):
        """In the words of who invites; the list says where it went."""
        await here.services.accounts.create("root@school.example", "Root", "admin", PASSWORD)
        await web.page("/login")
        await web.form("/login", email="root@school.example", password=PASSWORD)
        await web.page("/admin/invitations")
        fields = {"role": "teacher", "days": "7", "note": "Biology"}
        token, _ = await here.services.accounts.login("root@school.example", PASSWORD)
        program = Web(web._client, web._base_url, token)
        assert (await program.json("POST", "/api/v1/admin/invitations", {"email": ""}))[0] == 422
        refused = await web.form("/admin/invitations", **fields, email="nonsense")
        assert (refused.code, b'id="email-fault"' in refused.body) == (422, True)
        page = (await web.form("/admin/invitations", **fields, email="Bo@school.example")).body.decode()
        assert "It is on its way to" in page
        await here.services.people.letters.settle()
        (letter,) = box.letters
        text = letter.get_content()
        assert letter["To"] == "bo@school.example"
        assert "Root invites you" in text
        assert "for 7 days" in text
        assert re.search(r"http://quiz.example/sign-up\?token=\S+", text)
        page = (await web.page("/admin/invitations")).body.decode()
        assert "sent to" in page
        assert "bo@school.example" in page


class TestNobodyThere:
    @pytest.fixture
    def config_values(self):
        return {"smtp_url": f"smtp://127.0.0.1:{free_port()}", "smtp_from": "quiz@school.example"}

    @pytest.mark.gen_test
    async def test_a_letter_that_cannot_be_sent_is_in_the_log(self, teacher, web, here, caplog):
        """Without the address and the link; whoever asked is told the same."""
        await web.page("/forgot")
        status, page = await ask(web, here, EMAIL)
        assert (status, "Look into your mail" in page) == (200, True)
        told = [record.getMessage() for record in caplog.records if "letter" in record.getMessage()]
        assert len(told) == 1
        assert "could not be sent by 127.0.0.1" in told[0]
        assert EMAIL not in told[0]
