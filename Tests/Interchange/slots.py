"""Which infusion was which dose (domain 4.1): courses, slots, and how they compare."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from diary import DAY, Range
from given import clusters, given_by, once
from plans import DueDays


@dataclass
class Course:
    """The parts in which one dose was given."""

    day: date
    infusions: list
    grams: Range
    is_certain: bool


@dataclass
class Slot:
    dose: object
    next_opens: date = date.max
    course: Course | None = None
    not_done: list = field(default_factory=list)
    status: str = ""

    @property
    def is_open(self):
        return self.course is None and not self.not_done

    @property
    def is_closed(self):
        return self.status in ("given", "not_done", "missed")

    @property
    def is_in_time(self):
        return self.course is not None and abs((self.course.day - self.dose.day).days) <= self.dose.grace

    def is_full(self, milligrams):
        return milligrams * 100 >= self.dose.dose * 95


def own(infusions):
    """Those that may have been, of which no other copy counts."""
    return [one for one in infusions if one.is_live and not one.is_set_aside]


def courses(infusions, stretches, zone, today):
    """Parts that share a course, else consecutive ones within the days of a dose."""
    dated = []
    for one in own(infusions):
        day = one.day(zone)
        if not one.is_not_done and day and day <= today:
            dated.append((day, one.entry, one))
    groups, named, open_group = [], defaultdict(list), []
    for day, _, one in sorted(dated, key=lambda each: each[:2]):
        if one["course_id"]:
            named[one["course_id"]].append((day, one))
            continue
        if open_group and (day - open_group[0][0]).days > reach(open_group[0][0], stretches):
            groups.append(open_group)
            open_group = []
        open_group.append((day, one))
    groups += list(named.values()) + ([open_group] if open_group else [])
    found = []
    for group in groups:
        entries = {one.entry for _, one in group}
        found.append(
            Course(
                day=group[0][0],
                infusions=[one for _, one in group],
                grams=given_by(infusions, entries),
                is_certain=given_by(infusions, entries, once).low > 0 and any(one.is_done for _, one in group),
            )
        )
    return sorted(found, key=lambda course: (course.day, [one.entry for one in course.infusions]))


def reach(day, stretches):
    """So many days after the first part another may lie; where doses are due daily the next day's is the next."""
    for version, start, until in stretches:
        if start <= day < until:
            interval = [one[3] for one in version.pieces(until) if one[0] <= day][-1]
            return 0 if interval <= 2 else min(version.parts, interval - 1)
    return 1


class Filling:
    """The slots of a plan with what fills them, as they stand on a day."""

    def __init__(self, plan, infusions, zone, today, known_until):
        self.stretches = plan.stretches()
        self.due = DueDays(self.stretches)
        self.today = today
        self.slots, self.additional = [], []
        self.unknown = sum(1 for one in own(infusions) if not one.is_not_done and not one.day(zone))
        if not self.stretches:
            return
        fitting = [one for one in courses(infusions, self.stretches, zone, today) if self.may_fill(one.day)]
        said = sorted(one.day(zone) for one in own(infusions) if one.is_not_done and one.day(zone))
        self.not_done = [day for day in said if self.may_fill(day)]
        if any(version.is_rolling for version, _, _ in self.stretches):
            self.roll(fitting)
        else:
            self.lay(fitting)
        self.judge(known_until)

    def may_fill(self, day):
        return day < self.stretches[0][1] or any(start <= day < until for _, start, until in self.stretches)

    def lay(self, fitting):
        """Days of the plan's own: each dose goes to the nearest slot, of two to the earlier."""
        dose = self.due.first()
        while dose:
            following = self.due.after(dose, dose.day)
            self.slots.append(Slot(dose, following.opens if following else date.max))
            if dose.day > self.today:
                break
            dose = following
        nearest = defaultdict(list)
        for course in fitting:
            if course.day < self.slots[0].dose.opens:
                continue
            slot = min(self.slots, key=lambda one: (abs((course.day - one.dose.day).days), one.dose.day))
            nearest[slot.dose.day].append(course)
        for number, slot in enumerate(self.slots):
            near = nearest[slot.dose.day]
            if near:
                slot.course = min(near, key=lambda one: abs((one.day - slot.dose.day).days))
            for course in near:
                if course is slot.course:
                    continue
                before = self.slots[number - 1] if number else None
                if before and course.day < slot.dose.day and before.is_open:
                    before.course = course
                else:
                    self.additional.append(course)
            self.close(slot, self.slots[number + 1].dose if number + 1 < len(self.slots) else None, number == 0)

    def roll(self, fitting):
        """Each slot is counted from what filled the last one, or from its own day where nothing did."""
        waiting, dose, last = list(fitting), self.due.first(), None
        while dose:
            planned = self.due.after(dose, dose.day)
            while waiting and waiting[0].day < dose.day and not self.is_early(waiting[0].day, dose, last):
                early = waiting.pop(0)
                if last is not None:
                    self.additional.append(early)
            slot, following = Slot(dose), planned
            if waiting and (planned is None or waiting[0].day < planned.opens):
                slot.course = waiting.pop(0)
                following = self.due.after(dose, slot.course.day)
            slot.next_opens = following.opens if following else date.max
            self.slots.append(slot)
            self.close(slot, following, last is None)
            if slot.is_open and slot.next_opens > self.today:
                break
            last = slot.course.day if slot.course else dose.day
            dose = following
        self.additional += waiting

    @staticmethod
    def is_early(day, dose, last):
        """Nearer to this dose than to the one before, or, of the first, in its days of grace."""
        if last is None:
            return day >= dose.opens
        ahead = (dose.day - day).days
        return ahead < (day - last).days and ahead <= (dose.interval - 1) // 2

    def close(self, slot, following, is_first):
        """A not_done closes the slot that is due on its day; of one that is filled it is only remembered."""
        while self.not_done and self.not_done[0] < slot.next_opens:
            day = self.not_done[0]
            if is_first and day < slot.dose.opens:
                self.not_done.pop(0)
                continue
            if slot.course:
                if following and slot.course.day < day and (following.day - day) < (day - slot.dose.day):
                    return
                self.not_done.pop(0)
            else:
                slot.not_done.append(self.not_done.pop(0))

    def judge(self, known_until):
        filled_on = date.max
        for slot in reversed(self.slots):
            over = min(slot.next_opens, filled_on)
            if slot.course:
                slot.status = "given"
                filled_on = min(filled_on, slot.course.day)
            elif slot.not_done:
                slot.status = "not_done"
            elif over <= self.today:
                slot.status = "not_received" if known_until < over else "missed"
            elif self.today < slot.dose.opens:
                slot.status = "upcoming"
            elif self.today <= slot.dose.day + DAY * slot.dose.grace:
                slot.status = "due"
            else:
                slot.status = "not_received" if known_until < self.today else "overdue"

    def counted(self, start, end):
        """Slots closed in [start, end), and of those given, in time and full, each at least and at most."""
        here = [slot for slot in self.slots if slot.is_closed and start <= slot.dose.day < end]
        empty = min(self.unknown, sum(1 for slot in here if not slot.course))

        def count(holds):
            sure = sum(1 for slot in here if slot.course and slot.course.is_certain and holds(slot, False))
            return Range(sure, sum(1 for slot in here if slot.course and holds(slot, True)) + empty)

        return {
            "closed": len(here),
            "given": count(lambda slot, _: True),
            "in_time": count(lambda slot, _: slot.is_in_time),
            "full": count(
                lambda slot, most: slot.is_full(slot.course.grams.high if most else slot.course.grams.low)
            ),
        }
