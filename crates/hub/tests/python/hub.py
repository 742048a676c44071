"""A hub as an application sees it: requests with a token, and a stream of events."""

import json
import urllib.request

from cloudevents.core.bindings.http import HTTPMessage


class Hub:
    def __init__(self, address: str, token: str):
        self.address, self.token = address, token

    def ask(self, path: str, message: HTTPMessage | None = None):
        headers = {"authorization": f"Bearer {self.token}", **(message.headers if message else {})}
        body = message.body if message else None
        return urllib.request.urlopen(urllib.request.Request(self.address + path, body, headers), timeout=60)

    def post(self, message: HTTPMessage) -> dict:
        """Posts what an SDK has made; where it stands afterwards."""
        with self.ask("/v1/messages", message) as answer:
            assert answer.status == 202, answer.status
            return json.load(answer)

    def webhook(self, **wish) -> dict:
        wish = HTTPMessage({"content-type": "application/json"}, json.dumps(wish).encode())
        with self.ask("/v1/webhooks", wish) as answer:
            return json.load(answer)

    def events(self):
        """Server-sent events: the data of each."""
        with self.ask("/v1/messages?from=oldest") as stream:
            data = []
            for line in stream:
                text = line.decode().rstrip("\n")
                if text.startswith("data:"):
                    data.append(text.removeprefix("data:").removeprefix(" "))
                elif not text and data:
                    yield "\n".join(data)
                    data = []
