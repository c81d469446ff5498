"""Holds an export against FHIR R4: `validate.py DIRECTORY`, which has a `<ResourceType>.ndjson` for each type.

The structures are those of `fhir.resources` (its R4B models, which keep the R4 elements). Beside them it checks
what those models do not: codes of required bindings, invariants of the elements that the export uses, that ids are
unique, and that every reference is to something in the export. Every error is printed as `FILE:LINE: what`.
"""

import json
import re
import sys
from decimal import Decimal
from pathlib import Path

from fhir.resources.R4B import get_fhir_model_class
from pydantic import BaseModel, ValidationError

# Bindings whose codes the models list only in part, or that are required though the models take any text.
STATUSES = {
    "Observation": {
        "registered", "preliminary", "final", "amended", "corrected", "cancelled", "entered-in-error", "unknown",
    },
}
SYSTEMS = {
    "http://terminology.hl7.org/CodeSystem/adverse-event-severity": {"mild", "moderate", "severe"},
    "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness": {"non-serious", "serious"},
    "http://terminology.hl7.org/CodeSystem/adverse-event-outcome": {
        "resolved", "recovering", "ongoing", "resolvedWithSequelae", "fatal", "unknown",
    },
    "http://terminology.hl7.org/CodeSystem/v3-DataOperation": {"CREATE", "UPDATE", "NULLIFY"},
    "http://terminology.hl7.org/CodeSystem/provenance-participant-type": {
        "enterer", "performer", "author", "verifier", "legal", "attester", "informant", "custodian", "assembler",
        "composer",
    },
    "http://terminology.hl7.org/CodeSystem/supply-item-type": {"medication", "device"},
    "http://snomed.info/sct": {"47625008", "34206005"},
    "http://loinc.org": {"29463-7", "2465-3"},
}
ABSENT_REASONS = {
    "unknown", "asked-unknown", "temp-unknown", "not-asked", "asked-declined", "masked", "not-applicable",
    "unsupported", "as-text", "error", "not-a-number", "negative-infinity", "positive-infinity", "not-performed",
    "not-permitted",
}
SYSTEMS["http://terminology.hl7.org/CodeSystem/data-absent-reason"] = ABSENT_REASONS
ABSENT_URL = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ZONE_URL = "http://hl7.org/fhir/StructureDefinition/tz-code"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


class Export:
    def __init__(self, directory):
        self.errors = []
        self.resources = []  # (place, resource)
        self.versions = {}  # "Type/id" -> version number
        for path in sorted(Path(directory).glob("*.ndjson")):
            self.read(path)

    def complain(self, place, what):
        self.errors.append(f"{place}: {what}")

    def read(self, path):
        text = path.read_bytes().decode("utf-8")
        if not text.endswith("\n"):
            self.complain(path.name, "the last line does not end")
        for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
            place = f"{path.name}:{number}"
            try:
                resource = json.loads(line, parse_float=Decimal, object_pairs_hook=self.object_at(place))
            except ValueError as error:
                self.complain(place, f"no JSON: {error}")
                continue
            if not isinstance(resource, dict) or resource.get("resourceType") != path.stem:
                self.complain(place, f"no {path.stem}")
                continue
            self.resources.append((place, resource))
            name = f"{path.stem}/{resource.get('id')}"
            if name in self.versions:
                self.complain(place, f"{name} is there twice")
            self.versions[name] = int(resource.get("meta", {}).get("versionId", "1"))

    def object_at(self, place):
        def hook(pairs):
            if len({key for key, _ in pairs}) != len(pairs):
                self.complain(place, f"a member twice in {[key for key, _ in pairs]}")
            return dict(pairs)

        return hook

    def check(self):
        for place, resource in self.resources:
            self.check_model(place, resource)
            self.check_values(place, resource, resource["resourceType"])
            self.check_references(place, resource)
            self.check_invariants(place, resource)

    def check_model(self, place, resource):
        kind = resource["resourceType"]
        try:
            model = get_fhir_model_class(kind).model_validate(resource)
        except ValidationError as error:
            for one in error.errors():
                where = ".".join(str(part) for part in one["loc"])
                self.complain(place, f"{kind}.{where}: {one['msg']}")
            return
        except (KeyError, LookupError):
            self.complain(place, f"{kind} is no type of resource")
            return
        self.check_codes(place, model, kind)

    def check_codes(self, place, model, path):
        """Codes of required bindings, as far as the models know them."""
        for name, field in type(model).model_fields.items():
            value = getattr(model, name, None)
            codes = (field.json_schema_extra or {}).get("enum_values")
            if codes and isinstance(value, str):
                codes = STATUSES.get(path, codes) if name == "status" else codes
                if value not in codes:
                    self.complain(place, f"{path}.{name}: {value!r} is not one of {sorted(codes)}")
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, BaseModel):
                    self.check_codes(place, one, f"{path}.{name}")

    def check_values(self, place, value, path):
        """What holds of every element: nothing empty, known codes, whole extensions."""
        if isinstance(value, dict):
            if not value:
                self.complain(place, f"{path} is empty")
            if "url" in value and path.split(".")[-1].rstrip("[]") in ("extension", "modifierExtension"):
                self.check_extension(place, value, path)
            if value.get("system") in SYSTEMS and value.get("code") not in SYSTEMS[value["system"]]:
                self.complain(place, f"{path}: {value.get('code')!r} is no code of {value['system']}")
            for key, member in value.items():
                self.check_values(place, member, f"{path}.{key}")
        elif isinstance(value, list):
            if not value:
                self.complain(place, f"{path} is empty")
            for member in value:
                self.check_values(place, member, f"{path}[]")
        elif isinstance(value, str):
            if not value or CONTROL.search(value):
                self.complain(place, f"{path}: {value!r} is empty or has control characters")
        elif value is None or isinstance(value, float):
            self.complain(place, f"{path}: {value!r} is no value of FHIR")

    def check_extension(self, place, extension, path):
        values = [key for key in extension if key.startswith("value") or key.startswith("_value")]
        if bool(values) == ("extension" in extension) or len(values) > 1:
            self.complain(place, f"{path} ({extension['url']}) has neither one value nor extensions")
        if extension["url"] == ABSENT_URL and extension.get("valueCode") not in ABSENT_REASONS:
            self.complain(place, f"{path}: {extension.get('valueCode')!r} is no reason")
        if extension["url"] == ZONE_URL and not extension.get("valueCode"):
            self.complain(place, f"{path}: no zone")

    def check_references(self, place, resource):
        contained = {f"#{one.get('id')}" for one in resource.get("contained", [])}
        used = set()
        for path, reference in references(resource, resource["resourceType"]):
            if reference.startswith("#"):
                used.add(reference)
                if reference not in contained:
                    self.complain(place, f"{path}: nothing contained is {reference}")
                continue
            name, _, version = reference.partition("/_history/")
            if name not in self.versions:
                self.complain(place, f"{path}: {reference} is not in the export")
            elif version and not (version.isdigit() and 1 <= int(version) <= self.versions[name]):
                self.complain(place, f"{path}: {name} has no version {version}")
        for unused in sorted(contained - used):
            self.complain(place, f"contained {unused} is not referred to")

    def check_invariants(self, place, resource):
        kind = resource["resourceType"]
        if kind == "Procedure" and any("dose" in key.lower() for key in all_keys(resource)):
            self.complain(place, "the parent carries a dose")
        if kind == "MedicationAdministration" and "dosage" in resource:
            if not {"dose", "rateQuantity", "rateRatio"} & set(resource["dosage"]):
                self.complain(place, "mad-1: a dosage has a dose or a rate")
        if kind == "Observation" and "dataAbsentReason" in resource:
            if any(key.startswith("value") for key in resource):
                self.complain(place, "obs-6: a value and a reason why there is none")
        if kind == "Patient" and {"name", "birthDate", "telecom", "address"} & set(resource):
            self.complain(place, "the patient is named")
        for path, value in walk(resource, kind):
            if isinstance(value, dict) and "start" in value and "end" in value and later(value["start"], value["end"]):
                self.complain(place, f"{path}: per-1: it ends before it starts")
            if isinstance(value, dict) and "period" in value and "frequency" in value and "periodUnit" not in value:
                self.complain(place, f"{path}: tim-2: a period without its unit")


def walk(value, path):
    yield path, value
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from walk(member, f"{path}.{key}")


def all_keys(resource):
    return [key for _, value in walk(resource, "") if isinstance(value, dict) for key in value]


def references(resource, path):
    for where, value in walk(resource, path):
        if isinstance(value, dict) and isinstance(value.get("reference"), str):
            yield where, value["reference"]


def later(start, end):
    """Whether a dateTime is after another, as far as the less exact of them goes."""
    from datetime import datetime

    if len(start) > 10 and len(end) > 10:
        return datetime.fromisoformat(start) > datetime.fromisoformat(end)
    length = min(len(start), len(end), 10)
    return start[:length] > end[:length]


def main(arguments):
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        print("usage: validate.py DIRECTORY", file=sys.stderr)
        return 64
    export = Export(arguments[0])
    export.check()
    for error in export.errors:
        print(error)
    types = sorted({resource["resourceType"] for _, resource in export.resources})
    print(f"{len(export.resources)} resources of {len(types)} types, {len(export.errors)} errors")
    if not export.resources:
        print("nothing to validate", file=sys.stderr)
        return 1
    return 1 if export.errors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
