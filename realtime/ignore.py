"""What stands where a listener may be set and nobody has set one."""


def ignore(*_: object) -> None:
    pass
