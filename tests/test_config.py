"""Settings: where they come from, what they may be, and what one reads when one is wrong."""

import argparse

import pytest

from config import Config, ConfigError, add_flags, load_config, setting_names


def test_defaults_need_nothing():
    """An empty environment is a laptop."""
    config = load_config({})
    assert config == Config()
    assert (config.port, config.host, config.database_url) == (8888, "0.0.0.0", "sqlite:///data/quizhall.db")
    assert (config.ws_ping_interval, config.ws_pong_wait, config.ws_max_message_size) == (10, 8, 16384)
    assert (config.ws_queue_low, config.ws_queue_high) == (16 * 1024, 256 * 1024)
    assert (config.rate_limit_login, config.pin_digits, config.hub_shards) == ("10/5minutes", 6, 16)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("PORT", "0", 0),
        ("WS_PING_INTERVAL", "20s", 20),
        ("WS_PONG_WAIT", "1500ms", 1.5),
        ("WS_INACTIVE_AFTER", "2m", 120),
        ("WS_QUEUE_HIGH", "1MiB", 1024**2),
        ("WS_QUEUE_LOW", "8 KiB", 8192),
        ("WS_MAX_MESSAGE_SIZE", "2048", 2048),
        ("PUBLIC_URL", "https://quiz.school.example/", "https://quiz.school.example"),
        ("ALLOWED_ORIGINS", "https://a.example, https://b.example", ("https://a.example", "https://b.example")),
        ("TRUSTED_PROXIES", "127.0.0.1,::1", ("127.0.0.1", "::1")),
        ("METRICS_ALLOWED", "10.0.0.5, 172.16.0.0/12,fd00::/8", ("10.0.0.5/32", "172.16.0.0/12", "fd00::/8")),
        ("DATABASE_URL", "postgresql://u:p@db.school.example/quizhall", "postgresql://u:p@db.school.example/quizhall"),
        ("REDIS_URL", "rediss://:pass@redis.school.example:6380/1", "rediss://:pass@redis.school.example:6380/1"),
        ("ALERT_WEBHOOK_URL", "https://chat.example/hooks/a1/", "https://chat.example/hooks/a1/"),
        ("RATE_LIMIT_JOIN", "5/second;100/minute", "5/second;100/minute"),
        ("REGISTRATION", "invite", "invite"),
        ("SMTP_FROM", "Quizhall <quiz@school.example>", "Quizhall <quiz@school.example>"),
        ("LOGGER_ENCODING", "json", "json"),
    ],
)
def test_a_setting_is_read_with_its_unit(name, text, value):
    """As a person would write it."""
    assert getattr(load_config({"JWT_SECRET_KEY": "x" * 32, name: text}), name.lower()) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "eighty"),
        ("PORT", "65536"),
        ("REGISTRATION", "all"),
        ("SMTP_FROM", "nobody"),
        ("SMTP_FROM", "a@b.example\nBcc: c@d.example"),
        ("PORT", "-1"),
        ("PUBLIC_URL", "quiz.school.example"),
        ("WS_PING_INTERVAL", "10 parsecs"),
        ("WS_PONG_WAIT", "0s"),
        ("WS_QUEUE_LOW", "16KB!"),
        ("WS_MAX_MESSAGE_SIZE", "1"),
        ("HUB_SHARDS", "0"),
        ("PIN_DIGITS", "5"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("ALLOWED_ORIGINS", "a.example"),
        ("METRICS_ALLOWED", "prometheus.example"),
        ("METRICS_ALLOWED", "10.0.0.1/8"),
        ("RATE_LIMIT_LOGIN", "often"),
        ("LOGGER_LEVEL", "loud"),
    ],
)
def test_a_wrong_setting_is_named_with_its_value(name, text):
    """And with what would be right."""
    with pytest.raises(ConfigError) as refused:
        load_config({name: text})
    assert name in str(refused.value)
    assert repr(text) in str(refused.value)
    assert "must be" in str(refused.value)


def test_a_short_secret_is_refused_and_not_shown():
    """The message may end up in a log."""
    with pytest.raises(ConfigError) as refused:
        load_config({"JWT_SECRET_KEY": "hunter2"})
    assert "JWT_SECRET_KEY" in str(refused.value)
    assert "32 bytes" in str(refused.value)
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize(
    ("env", "names"),
    [
        ({"WS_PING_INTERVAL": "5s", "WS_PONG_WAIT": "6s"}, ["WS_PONG_WAIT", "WS_PING_INTERVAL"]),
        ({"WS_QUEUE_LOW": "300KiB"}, ["WS_QUEUE_LOW", "WS_QUEUE_HIGH"]),
    ],
)
def test_settings_that_contradict_each_other_are_both_named(env, names):
    """One alone may look right."""
    with pytest.raises(ConfigError) as refused:
        load_config(env)
    assert all(name in str(refused.value) for name in names)


def test_a_flag_wins_over_the_environment():
    """And an empty variable is none."""
    assert load_config({"PORT": "9000"}, {"port": "9001"}).port == 9001
    assert load_config({"PORT": "9000"}, {"port": None}).port == 9000
    assert load_config({"PORT": ""}).port == 8888


def test_every_setting_has_a_flag():
    """With the same name."""
    parser = argparse.ArgumentParser()
    add_flags(parser)
    given = vars(parser.parse_args(["--ws-ping-interval", "9s"]))
    assert {name.lower() for name in setting_names()} == set(given)
    assert load_config({}, given).ws_ping_interval == 9


@pytest.mark.parametrize(
    ("public_url", "is_https"), [(None, False), ("http://192.0.2.2:8888", False), ("https://quiz.example", True)]
)
def test_tls_is_known_from_the_public_address(public_url, is_https):
    """Cookies and HSTS follow it."""
    assert Config(public_url=public_url).is_https is is_https


def test_redis_needs_a_secret_that_all_nodes_share():
    """Each node would make its own, and refuse the sign-ins of the others."""
    with pytest.raises(ConfigError, match="JWT_SECRET_KEY must be set"):
        load_config({"REDIS_URL": "redis://localhost"})


@pytest.mark.parametrize("text", ["mysql://x", "sqlite:///", "postgresql://hidden-word@/", "postgresql://host"])
def test_a_wrong_database_is_refused_without_being_shown(text):
    """It may hold a password."""
    with pytest.raises(ConfigError, match="DATABASE_URL is \\(hidden\\); it must be sqlite:///path") as caught:
        load_config({"DATABASE_URL": text})
    assert "hidden-word" not in str(caught.value)


def test_a_letter_is_from_somebody():
    """Said at the start, not by the first letter that cannot go out."""
    with pytest.raises(ConfigError, match="SMTP_FROM must be set when SMTP_URL is"):
        load_config({"SMTP_URL": "smtp://mail.school.example"})


@pytest.mark.parametrize(
    "text",
    ["mail.example", "smtp://u:hidden-word@mail.example:port", "smtp://mail.example/path", "http://mail.example"],
)
def test_a_mail_server_may_hold_a_password_that_is_not_shown(text):
    """Not even when the rest of it is wrong."""
    with pytest.raises(ConfigError, match="SMTP_URL is \\(hidden\\); it must be an address such as smtp://") as caught:
        load_config({"SMTP_URL": text, "SMTP_FROM": "quiz@school.example"})
    assert "hidden-word" not in str(caught.value)


@pytest.mark.parametrize("text", ["localhost:6379", "redis:///0", "http://:hidden-word@localhost"])
def test_a_wrong_address_of_redis_is_refused_without_being_shown(text):
    """It may hold a password."""
    with pytest.raises(
        ConfigError, match="REDIS_URL is \\(hidden\\); it must be an address such as redis://"
    ) as caught:
        load_config({"REDIS_URL": text})
    assert "hidden-word" not in str(caught.value)
