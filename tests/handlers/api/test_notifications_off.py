"""Without SERVICE_TOKEN nobody sends notifications, whatever they bring."""

import pytest


@pytest.mark.gen_test
async def test_without_the_setting_the_door_is_shut(web, teacher):
    """With a sentence that names the setting; the list is there."""
    for token in (None, "", teacher.token):
        web.token = token
        status, answer = await web.json("POST", "/api/v1/notifications", {"type": "t", "payload": {}})
        assert (status, answer["error"]["code"]) == (403, "forbidden")
        assert "SERVICE_TOKEN is not set" in answer["error"]["message"]
    assert (await teacher.json("GET", "/api/v1/notifications"))[0] == 200
