"""Live prices over server-sent events:  prices.py [ZONE]"""

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

GATEWAY = os.environ.get("OPTIBID_URL", "http://localhost:8080")
API_KEY = os.environ.get("OPTIBID_API_KEY")
LONGEST_SILENCE_S = 45  # the gateway says something every 15 s


def events(query):
    """Events of one connection, as (name, data)."""
    headers = {"Accept": "text/event-stream"}
    if API_KEY:
        headers["X-Api-Key"] = API_KEY
    address = f"{GATEWAY}/api/v1/stream/real-time?{urllib.parse.urlencode(query)}"
    with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=LONGEST_SILENCE_S) as answer:
        name, data = "message", []
        for raw in answer:
            line = raw.decode().rstrip("\r\n")
            if not line:
                if data:
                    yield name, json.loads("\n".join(data))
                name, data = "message", []
            elif line.startswith("event:"):
                name = line[6:].strip()
            elif line.startswith("data:"):
                data.append(line[5:].removeprefix(" "))


def prices(query):
    """Prices for ever, each newer than the one before of its series."""
    newest = {}
    pause = 1
    while True:
        try:
            for name, data in events(query):
                pause = 1
                if name not in ("snapshot", "prices"):
                    continue
                for price in data:
                    series = (price["market_zone"], price["location"], price["price_type"])
                    state = (price["timestamp"], price["revision"])
                    if state > newest.get(series, ("", 0)):
                        newest[series] = state
                        yield price
            reason = "the gateway has ended the stream"
        except urllib.error.HTTPError as error:
            if error.code < 500 and error.code != 429:
                sys.exit(f"{error.code}: {error.read().decode()}")
            reason = str(error)
        except (OSError, ValueError) as error:
            reason = str(error)
        print(f"connection lost ({reason}), again in {pause} s", file=sys.stderr)
        time.sleep(pause)
        pause = min(pause * 2, 30)


if __name__ == "__main__":
    try:
        for price in prices({"zone": sys.argv[1]} if len(sys.argv) > 1 else {}):
            print(price["timestamp"], price["market_zone"], price["location"], price["price_type"], price["price"], flush=True)
    except KeyboardInterrupt:
        pass
