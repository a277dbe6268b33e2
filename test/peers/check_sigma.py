"""Reads every Sigma rule of a folder with pySigma, runs its validators and writes the Splunk searches it makes of them.

check_sigma.py FOLDER: prints one JSON object with errors, issues (file, severity, name) and searches (file to texts).
"""

import json
import pathlib
import sys

from sigma.backends.splunk import SplunkBackend
from sigma.collection import SigmaCollection
from sigma.exceptions import SigmaError
from sigma.rule import SigmaRule
from sigma.validation import SigmaValidator
from sigma.validators.core import validators


PROBE = """
title: Probe
logsource: {category: test}
tags: [attack.execution, attack.t1059, d3fend.detect]
detection: {selection: {Field: value}, condition: selection}
"""


def usable():
    """All validators but those whose lists of tags come from the network and cannot be had."""
    probe = SigmaRule.from_yaml(PROBE)
    found, left_out = [], []
    for name, validator in sorted(validators.items()):
        try:
            list(SigmaValidator([validator]).validate_rule(probe))
            found.append(validator)
        except RuntimeError:
            left_out.append(name)
    return found, left_out


def main(folder: pathlib.Path) -> None:
    chosen, left_out = usable()
    result = {"errors": [], "issues": [], "searches": {}, "unconverted": [], "left_out": left_out}
    for path in sorted(folder.glob("*.yml")):
        name = path.stem
        rules = SigmaCollection.load_ruleset([path], collect_errors=True)
        errors = [str(error) for error in rules.errors]
        if not errors:
            validator = SigmaValidator(chosen)
            for issue in validator.validate_rules(iter(rules.rules)):
                result["issues"].append([name, issue.severity.name.lower(), type(issue).__name__])
            try:
                result["searches"][name] = SplunkBackend().convert(rules)
            except (SigmaError, NotImplementedError) as error:
                result["unconverted"].append([name, str(error).split(" (")[0]])
        result["errors"].extend([name, error] for error in errors)
    json.dump(result, sys.stdout)


main(pathlib.Path(sys.argv[1]))
