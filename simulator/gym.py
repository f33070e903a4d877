"""A shift as a Gymnasium environment: `make("smm_academy/Shift-v0")`, or `ShiftEnv` itself.

Needs the extra ``gym`` (Gymnasium, MIT). The rest of the simulator never imports this module.

**Observation** (`Box`, float32, in [-1, 1]): what somebody at the desk can see, as numbers; no
hidden truth. First five of the day: share of it gone, mood of the community, followers gained or
lost (a hundredth is 1), moves made (600 is 1), questions that colleagues have not answered yet.
Then `FEATURES` for each of `SLOTS` messages in the order of arrival, zeros where none has come.

**Action** (`MultiDiscrete`): a slot, a move of `ACTS`, one of four choices. For words the choice
is a reply that policies write: the model answer, its first half, a saved reply, thanks alone. For
`escalate` and `ask` it is whom. `wait` lets time pass to the next event, whatever the slot.

**Reward**: ``"sentiment"``, the change of the community's mood in points (a hundredth of the scale
each), so that a day's rewards sum to what the day did to the mood; or ``"score"``, the score of
the shift, 0 to 100, at its end and nothing before. A move that the desk refuses lets five minutes
pass and is named in ``info["refused"]``.
"""

from typing import Any, Literal, TypeAlias

import gymnasium
import numpy as np
from gymnasium import spaces
from numpy.typing import NDArray

from simulator.brands import Brand, Locale, brand
from simulator.channels import CHANNELS
from simulator.moves import Move
from simulator.packs import brand_pack, scenario_pack
from simulator.scenarios import Scenario, scenario
from simulator.shift import Desk, DeskMessage, MoveRefused, Shift, best_words, start

ID = "smm_academy/Shift-v0"
SLOTS = 24
ACTS = (
    "wait", "reply", "direct_message", "hide", "no_action", "escalate", "ask", "like", "resolve",
)  # fmt: skip
CHOICES = 4
DAY = 5
FEATURES = (
    "present", "age", "waiting", "public", "stars", "author_heard", "likes", "length", "shouting",
    "question", "answered", "closed", "off_the_page", "consequence",
)  # fmt: skip
_MOST_MOVES = 600
_REFUSED_MINUTES = 5
_SEEDS = 2**31
_CLOSED = frozenset({"resolved", "left", "deleted"})
_OFF = frozenset({"hidden", "deleted"})
_ANSWERED = frozenset({"answered", "returned"})
_THANKS = {"en": "Thank you for writing.", "pl": "Dziękujemy za wiadomość."}

Observation: TypeAlias = NDArray[np.float32]
Reward: TypeAlias = Literal["sentiment", "score"]


class ShiftEnv(gymnasium.Env[Observation, NDArray[np.int64]]):
    """A day at a brand's desk, one move a step.

    ``scenario_id`` names a shipped scenario. Raises ``ValueError`` for one that there is not, for
    one of more than 24 messages and for an unknown kind of reward.
    """

    metadata: dict[str, Any] = {"render_modes": ["ansi"], "render_fps": 1}  # noqa: RUF012

    def __init__(
        self,
        scenario_id: str = "lumo-monday",
        locale: Locale = "en",
        reward: Reward = "sentiment",
        render_mode: str | None = None,
    ) -> None:
        if reward not in {"sentiment", "score"}:
            raise ValueError(f"the reward is 'sentiment' or 'score', not {reward!r}")
        pack = scenario_pack(scenario_id)
        self.scenario: Scenario = scenario(pack, locale)
        if len(self.scenario.messages) > SLOTS:
            raise ValueError(f"{scenario_id} has more than {SLOTS} messages: choose another")
        self.brand: Brand = brand(brand_pack(pack["brand"]), locale)
        self.reward = reward
        self.render_mode = render_mode
        self.observation_space = spaces.Box(
            -1.0, 1.0, (DAY + SLOTS * len(FEATURES),), dtype=np.float32
        )
        self.action_space = spaces.MultiDiscrete([SLOTS, len(ACTS), CHOICES])
        self.shift: Shift = start(self.scenario, self.brand, 0)
        self.steps = 0

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Observation, dict[str, Any]]:
        """Begin a day; the seed decides who writes, in which words, and every chance."""
        super().reset(seed=seed, options=options)
        day = int(self.np_random.integers(_SEEDS))
        self.shift = start(self.scenario, self.brand, day)
        self.steps = 0
        return self._observe(), {"minute": 0, "day": day}

    def step(
        self, action: NDArray[np.int64]
    ) -> tuple[Observation, float, bool, bool, dict[str, Any]]:
        """Make one move; the day ends by the clock, or is cut off after 600 steps."""
        slot, act, choice = (int(part) for part in action)
        before = self.shift.state.timeline[-1].sentiment
        info: dict[str, Any] = {}
        try:
            self.shift.apply(self.move_of(slot, ACTS[act], choice))
        except MoveRefused as refusal:
            info["refused"] = refusal.code
            self.shift.apply(Move("wait", minutes=_REFUSED_MINUTES))
        self.steps += 1
        over, cut = self.shift.is_over, self.steps >= _MOST_MOVES
        if cut and not over:
            self.shift.run_out()
        info["minute"] = self.shift.state.minute
        change = self.shift.state.timeline[-1].sentiment - before
        reward = 100.0 * change if self.reward == "sentiment" else 0.0
        if self.reward == "score" and (over or cut):
            reward = float(self.shift.finish()["score"])
        return self._observe(), reward, over, cut and not over, info

    def render(self) -> str | None:
        """Return the desk as text in the mode ``ansi``."""
        if self.render_mode != "ansi":
            return None
        desk = self.shift.desk()
        rows = [f"{row.clock} {row.name}: {row.text} [{row.status}]" for row in desk.messages]
        return "\n".join((f"{desk.clock} · {self.scenario.title}", *rows))

    def move_of(self, slot: int, act: str, choice: int) -> Move:
        """Return an action as a move; a slot without a message names nobody's."""
        arrived = list(self.shift.state.cases)
        message = arrived[slot] if slot < len(arrived) else ""
        if act == "wait" or not message:
            return Move(act, message) if act != "wait" else Move("wait")
        if act in {"reply", "direct_message"}:
            return Move(act, message, self._words(message, choice))
        if act == "escalate":
            return Move(act, message, to=_chosen([one.id for one in self.brand.contacts], choice))
        if act == "ask":
            whom = _chosen([one.id for one in self.brand.colleagues], choice)
            return Move(act, message, "?", whom)
        return Move(act, message, "-" if act == "no_action" else "")

    def _words(self, message: str, choice: int) -> str:
        whole = best_words(self.shift, message)
        saved = self.brand.saved_replies
        options = (
            whole,
            whole[: max(1, len(whole) // 2)].rsplit(" ", 1)[0],
            saved[0] if saved else _THANKS[self.brand.locale],
            _THANKS[self.brand.locale],
        )
        case = self.shift.state.cases[message]
        return options[choice][: CHANNELS[self.shift.scene.plan(case).channel].reply_limit]

    def _observe(self) -> Observation:
        desk = self.shift.desk()
        seen = np.zeros((SLOTS, len(FEATURES)), dtype=np.float32)
        for slot, message in enumerate(desk.messages[:SLOTS]):
            seen[slot] = _features(message, desk, self.shift.length)
        flat = np.concatenate((self._day(desk), seen.ravel()))
        return np.clip(flat, -1.0, 1.0).astype(np.float32)

    def _day(self, desk: Desk) -> Observation:
        first, last = desk.timeline[0], desk.timeline[-1]
        asked = sum(not answer.text for row in desk.messages for answer in row.answers)
        grown = last.followers / first.followers - 1.0 if first.followers else 0.0
        day = (
            desk.minute / self.shift.length,
            last.sentiment,
            100.0 * grown,
            self.steps / _MOST_MOVES,
            asked / 10.0,
        )
        return np.array(day, dtype=np.float32)


def _features(message: DeskMessage, desk: Desk, length: int) -> Observation:
    letters = [sign for sign in message.text if sign.isalpha()]
    row = (
        1.0,
        (desk.minute - message.minute) / length,
        (message.waited or 0) / length,
        float(message.is_public),
        (message.stars or 0) / 5.0,
        np.log10(1.0 + message.followers) / 6.0,
        np.log10(1.0 + message.likes) / 4.0,
        len(message.text) / 1000.0,
        sum(sign.isupper() for sign in letters) / max(1, len(letters)),
        float("?" in message.text),
        float(message.status in _ANSWERED),
        float(message.status in _CLOSED),
        float(message.status in _OFF),
        float(bool(message.consequence_of)),
    )
    return np.array(row, dtype=np.float32)


def _chosen(names: list[str], choice: int) -> str:
    return names[choice % len(names)] if names else ""


if ID not in gymnasium.registry:
    gymnasium.register(ID, entry_point="simulator.gym:ShiftEnv")
