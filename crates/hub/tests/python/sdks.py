"""What ordinary libraries say to a hub, and what they make of its answers: `cloudevents` and `standardwebhooks`.

Arguments: the address of a hub, the token of a sender, that of a listener. Any surprise is an error.
"""

import sys
from datetime import datetime, timezone

from cloudevents.core.bindings import http
from cloudevents.core.bindings.http import HTTPMessage
from cloudevents.core.v1.event import CloudEvent
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from hub import Hub
from receiver import Receiver

STRUCTURED = {"content-type": "application/cloudevents+json"}
SOURCE = "/python"
PRICE = {"price": "10.00", "what": "Bügeleisen „Ära“ 100 %"}
OURS = {"hubkey", "hubepoch", "hubnumber", "hubindex"}


def event(id: str, data, **more) -> CloudEvent:
    now = datetime.now(timezone.utc)
    return CloudEvent({"id": id, "source": SOURCE, "type": "org.example.sold", "time": now, **more}, data)


SENT = [
    ("binary", event("1", PRICE, datacontenttype="application/json", subject="Stück 1 %")),
    ("structured", event("2", PRICE, datacontenttype="application/json", subject="Stück 2", trace="a1b2")),
    ("binary", event("3", bytes(range(256)), datacontenttype="application/octet-stream")),
    ("structured", event("4", bytes(range(256)), datacontenttype="application/octet-stream")),
    ("binary", event("5", "grün", datacontenttype="text/plain; charset=utf-8")),
    ("structured", event("6", None)),
]
WRITE = {"binary": http.to_binary_event, "structured": http.to_structured_event}


def is_the_same(got, sent: CloudEvent):
    told = {name: value for name, value in got.get_attributes().items() if name not in OURS}
    assert told == sent.get_attributes(), (told, sent.get_attributes())
    assert got.get_data() == sent.get_data(), (got.get_data(), sent.get_data())


def what_is_posted_is_read_again(sender: Hub, listener: Hub):
    receipts = [sender.post(WRITE[mode](sent)) for mode, sent in SENT]
    stream = listener.events()
    for (mode, sent), receipt in zip(SENT, receipts):
        got = http.from_structured_event(HTTPMessage(STRUCTURED, next(stream).encode()))
        is_the_same(got, sent)
        where = {name: got.get_extension(name) for name in OURS}
        assert where == {"hubkey": receipt["key"], "hubepoch": str(receipt["epoch"]),
                         "hubnumber": str(receipt["number"]), "hubindex": receipt["index"]}, (where, receipt)
        print(f"{mode} in, {len(str(sent.get_data()))} characters of data, read again from server-sent events")
    mode, sent = SENT[0]
    assert sender.post(WRITE[mode](sent)) == receipts[0], "the same event again has the same place"


def deliveries_are_asked_for_and_signed(sender: Hub, listener: Hub):
    receiver = Receiver({"WebHook-Allowed-Origin": "localhost", "WebHook-Allowed-Rate": "600"})
    made = listener.webhook(url=receiver.url, **{"from": "oldest", "sources": [SOURCE]})
    asked = receiver.asked.get(timeout=60)
    assert asked["webhook-request-origin"] == "localhost", asked
    assert made["state"] == "active" and made["rate"] == 600, made
    webhook = Webhook(made["secret"])
    for _, sent in SENT:
        headers, body = receiver.next()
        webhook.verify(body, headers)
        is_the_same(http.from_http_event(HTTPMessage(headers, body)), sent)
    print(f"{len(SENT)} webhooks: allowed by the handshake, verified, read")
    for what, altered, other in [
        ("the body", headers, body.replace(b'"6"', b'"7"')),
        ("the id", {**headers, "webhook-id": headers["webhook-id"] + "0"}, body),
        ("the time", {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 1)}, body),
    ]:
        assert (altered, other) != (headers, body)
        is_refused(webhook, altered, other)
        print(f"a webhook is refused when {what} was altered")
    is_refused(Webhook("whsec_" + "A" * 44), headers, body)


def is_refused(webhook: Webhook, headers: dict, body: bytes):
    try:
        webhook.verify(body, headers)
    except WebhookVerificationError:
        return
    raise AssertionError("it was verified")


def nothing_is_delivered_without_permission(listener: Hub):
    receiver = Receiver({})
    made = listener.webhook(url=receiver.url, **{"from": "oldest"})
    assert made["state"] == "asked" and receiver.asked.get(timeout=60) and receiver.delivered.empty(), made
    print("who does not answer the handshake gets nothing")


sender, listener = Hub(sys.argv[1], sys.argv[2]), Hub(sys.argv[1], sys.argv[3])
what_is_posted_is_read_again(sender, listener)
deliveries_are_asked_for_and_signed(sender, listener)
nothing_is_delivered_without_permission(listener)
print("Python: done")
