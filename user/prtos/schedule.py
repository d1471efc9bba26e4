# SPDX-License-Identifier: Apache-2.0
"""The cyclic plans as figures: what each processor does in each plan, idle time, utilisation."""
import dataclasses


@dataclasses.dataclass
class Lane:
    """One processor in one plan."""

    processor: int
    name: str | None
    frame: int
    slots: list
    where: dict

    @property
    def busy(self) -> int:
        return sum(slot["end"] - slot["start"] for slot in self.slots)

    @property
    def idle(self) -> int:
        return self.frame - self.busy

    @property
    def gaps(self) -> list:
        """(start, end) of what no slot has."""
        found, at = [], 0
        for slot in self.slots:
            if slot["start"] > at:
                found.append((at, slot["start"]))
            at = slot["end"]
        return found + ([(at, self.frame)] if at < self.frame else [])

    def used_by(self, partition: int) -> int:
        mine = (slot for slot in self.slots if slot["partition"] == partition)
        return sum(slot["end"] - slot["start"] for slot in mine)


@dataclasses.dataclass
class Plan:
    """One plan over the processors that have it."""

    number: int
    lanes: list

    @property
    def frame(self) -> int:
        return max(lane.frame for lane in self.lanes)

    @property
    def title(self) -> str:
        names = list(dict.fromkeys(lane.name for lane in self.lanes if lane.name))
        return f"plan {self.number}" + (f" '{', '.join(names)}'" if names else "")

    @property
    def partitions(self) -> list:
        """Ids of those that have a slot."""
        return sorted({slot["partition"] for lane in self.lanes for slot in lane.slots})

    @property
    def busy(self) -> int:
        return sum(lane.busy for lane in self.lanes)

    @property
    def whole(self) -> int:
        """Time of all its processors in one frame."""
        return sum(lane.frame for lane in self.lanes)

    def used_by(self, partition: int) -> int:
        return sum(lane.used_by(partition) for lane in self.lanes)


def plans_of(model: dict) -> list:
    """The plans in the order of their ids, each with its processors in the order of theirs."""
    plans = {}
    for processor in model["processors"]:
        for plan in processor["plans"]:
            lane = Lane(processor["id"], plan["name"], plan["frame"], plan["slots"], plan["where"])
            plans.setdefault(plan["id"], Plan(plan["id"], [])).lanes.append(lane)
    return [plans[number] for number in sorted(plans)]
