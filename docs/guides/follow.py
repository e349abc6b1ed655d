"""Prints what is said in your conversations, each message once and in order, across lost connections and restarts.

    ATRIUM=http://localhost:3000 ATRIUM_TOKEN=atr_… python3 docs/guides/follow.py [FILE]

Needs python3-socketio and python3-websocket of Debian, or `pip install "python-socketio[client]"`. The positions are
kept in FILE: the next start goes on after the last message that was printed. The first start begins with what comes.
"""

import json
import os
import queue
import random
import sys
import time

import socketio

ANSWER_SECONDS = 10
GAP_SECONDS = 1  # what is missing often comes a moment later
MOST_PARKED = 10_000
MOST_STREAMS = 500  # in one call of `resume`


def say(text):
    print(text, file=sys.stderr, flush=True)


class Positions:
    """How far each stream was read, and the epoch: the log that the numbers belong to."""

    def __init__(self, path):
        self.path = path
        self.epoch = None
        self.of = {}
        self.joined = {}  # when, for conversations that were joined since the first start
        if path and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                kept = json.load(file)
            self.epoch, self.of, self.joined = kept["epoch"], kept["positions"], kept["joined"]

    def keep(self):
        """Replaces the file as a whole, so that a crash leaves either the old one or the new one."""
        if not self.path:
            return
        with open(self.path + ".new", "w", encoding="utf-8") as file:
            json.dump({"epoch": self.epoch, "positions": self.of, "joined": self.joined}, file)
        os.replace(self.path + ".new", self.path)


class Follower:
    """Hands on each event of the followed streams once, in the order of its stream."""

    def __init__(self, positions, on_event):
        self.positions = positions
        self.on_event = on_event
        self.heads = {}  # how far each stream has got, as heard
        self.parked = {}  # events that came before the one they follow, by stream and number
        self.behind_since = None
        self.failures = 0

    def follow(self, socket, inbox):
        """Takes in what one connection brings, until it ends."""
        while True:
            try:
                name, *args = inbox.get(timeout=GAP_SECONDS)
            except queue.Empty:
                name, args = None, []
            if name == "disconnect":
                return
            if name == "refused":  # for good; what passes by itself closes the connection instead
                sys.exit(args[0]["data"]["title"])
            if name == "hello":
                self.greeted(socket, args[0])
            elif name == "heads":
                self.heard_of(args[0])
            elif len(args) == 2:  # a durable event; volatile ones, such as typing, have no position
                self.take({"type": name, "data": args[0], "meta": args[1]})
            self.close_gaps(socket)

    def greeted(self, socket, hello):
        """Each connection begins so: later events follow from these heads."""
        say("Connected")
        self.failures = 0
        heads = {stream: head for stream, head in hello["heads"].items() if is_followed(stream)}
        if hello["epoch"] != self.positions.epoch:
            if self.positions.epoch is not None:
                say("A backup was restored: going on with what comes from now on")
            self.positions.epoch, self.positions.of, self.positions.joined = hello["epoch"], heads, {}
            self.parked = {}
        for stream in [stream for stream in self.positions.of if stream not in heads]:
            self.drop(stream)
        self.heads = dict(heads)
        self.catch_up(socket)
        # What was joined meanwhile is known from one's own stream by now, unless that had to start anew.
        for stream, head in heads.items():
            self.positions.of.setdefault(stream, head)
        self.positions.keep()

    def heard_of(self, heads):
        for stream, head in heads.items():
            self.heads[stream] = max(head, self.heads.get(stream, 0))

    def take(self, event):
        stream, seq = event["meta"]["stream"], event["meta"]["seq"]
        if not is_followed(stream) or seq <= self.positions.of.get(stream, 0):
            return
        self.heard_of({stream: seq})
        if sum(map(len, self.parked.values())) < MOST_PARKED:  # anything else is asked for again
            self.parked.setdefault(stream, {})[seq] = event
        self.hand_on(stream)
        self.positions.keep()

    def hand_on(self, stream):
        """Each handler of a Socket.IO event runs in a thread of its own, so that events overtake each other."""
        parked = self.parked.get(stream, {})
        while stream in self.positions.of and self.positions.of[stream] + 1 in parked:
            event = parked.pop(self.positions.of[stream] + 1)
            if event["meta"]["at"] >= self.positions.joined.get(stream, ""):  # what is older is history
                self.on_event(event)
            self.positions.of[stream] += 1
            if event["type"] == "conversation:joined":
                self.start("conversation:" + event["data"]["conversation"]["id"], event)
            elif event["type"] == "conversation:left":
                self.drop("conversation:" + event["data"]["conversationId"])

    def start(self, stream, joined):
        """`asOf` is where the stream stands now; what was said between the joining and now is read from the log."""
        if stream not in self.positions.of:
            self.positions.of[stream] = 0
            self.positions.joined[stream] = joined["meta"]["at"]
        self.heard_of({stream: joined["data"]["asOf"]})
        self.hand_on(stream)

    def drop(self, stream):
        for known in (self.positions.of, self.positions.joined, self.heads, self.parked):
            known.pop(stream, None)

    def behind(self):
        return {stream: at for stream, at in self.positions.of.items() if self.heads.get(stream, 0) > at}

    def close_gaps(self, socket):
        if not self.behind():
            self.behind_since = None
        elif self.behind_since is None:
            self.behind_since = time.monotonic()
        elif time.monotonic() - self.behind_since > GAP_SECONDS:
            self.behind_since = None
            self.catch_up(socket)

    def catch_up(self, socket):
        """Reads what is missing, page by page."""
        while since := dict(list(self.behind().items())[:MOST_STREAMS]):
            answer = socket.call("resume", {"since": since, "epoch": self.positions.epoch}, timeout=ANSWER_SECONDS)
            if not answer["ok"]:  # such as `rate_limited`
                say(answer["error"]["title"])
                time.sleep(answer["error"].get("retryAfterMs", 1000) / 1000)
                continue
            page = answer["data"]
            for event in page["events"]:
                self.take(event)
            for stream in page["reset"]:
                self.skip(stream, page["heads"].get(stream))
            self.heads.update(page["heads"])  # the server's own word; what was only heard of may be wrong

    def skip(self, stream, head):
        """The log no longer has what follows the position, or the stream may no longer be read."""
        if head is None:
            self.drop(stream)
            return
        say(f"{stream}: events {self.positions.of[stream] + 1} to {head} are no longer in the log")
        self.positions.of[stream] = head
        self.hand_on(stream)


def is_followed(stream):
    """One's own stream tells of conversations that are joined and left; theirs carry the messages."""
    return stream.startswith(("user:", "conversation:"))


def open_socket(url, token):
    """One connection, and a queue of all that comes on it."""
    socket = socketio.Client(reconnection=False)
    inbox = queue.Queue()
    socket.on("*", lambda name, *args: inbox.put((name, *args)))
    socket.on("disconnect", lambda: inbox.put(("disconnect",)))
    socket.on("connect_error", lambda refusal: inbox.put(("refused", refusal)))
    socket.connect(url, auth={"token": token}, transports=["websocket"], wait=False)
    return socket, inbox


def print_message(event):
    if event["type"] == "message:receive":
        print(json.dumps(event["data"], ensure_ascii=False), flush=True)


def main():
    url, token = os.environ.get("ATRIUM", "http://localhost:3000"), os.environ["ATRIUM_TOKEN"]
    follower = Follower(Positions(sys.argv[1] if len(sys.argv) > 1 else None), print_message)
    while True:
        socket = None
        try:
            socket, inbox = open_socket(url, token)
            follower.follow(socket, inbox)
        except socketio.exceptions.SocketIOError:
            pass  # the connection went while it opened, or before an answer came
        if socket:
            socket.disconnect()
        say("Connecting again")
        follower.failures += 1
        time.sleep(min(30, 0.25 * 2 ** min(follower.failures, 10)) * random.uniform(0.5, 1))


if __name__ == "__main__":
    main()
