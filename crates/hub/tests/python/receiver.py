"""A receiver of webhooks: it answers the CloudEvents handshake, and keeps what is delivered."""

import queue
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Receiver:
    """`allows`: what it answers to the handshake; nothing to withhold permission."""

    def __init__(self, allows: dict[str, str]):
        self.asked, self.delivered = queue.Queue(), queue.Queue()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_OPTIONS(self):
                receiver.asked.put(dict(self.headers))
                self.answer(200, allows)

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                receiver.delivered.put(({name.lower(): value for name, value in self.headers.items()}, body))
                self.answer(204, {})

            def answer(self, status: int, headers: dict[str, str]):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def next(self):
        return self.delivered.get(timeout=60)
