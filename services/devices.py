"""What somebody would call the device that a request came from, by its User-Agent: "Firefox on Windows". Pure.

A dozen names are all that people need to tell their own devices apart; the libraries that know every browser there ever
was take half a second to start and as much memory as the rest of the node.
"""

# The first that is in the text: most browsers also name those that they want to be taken for.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Vivaldi", "Vivaldi"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)
PROGRAM_MOST = 40


def device_of(agent: str) -> str:
    """ "" when nothing is known; for what is no browser the first word it calls itself by."""
    browser = next((name for part, name in BROWSERS if part in agent), "")
    system = next((name for part, name in SYSTEMS if part in agent), "")
    if browser and system:
        return f"{browser} on {system}"
    program = agent.partition(" ")[0].partition("/")[0][:PROGRAM_MOST]
    return browser or system or (program if program.isprintable() else "")
