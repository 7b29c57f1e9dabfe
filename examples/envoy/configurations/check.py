#!/usr/bin/env python3
"""Checks a configuration field by field, without what it is for: a field that is not declared is an error.

    check.py google-service-extensions.yaml
    check.py envoy-gateway.yaml --crd gateway.envoyproxy.io_envoyextensionpolicies.yaml
    check.py istio.yaml --crd crd-all.gen.yaml

Google's is held against the messages of its client library. The kinds of Kubernetes are held against
the definitions that a release brings, or that `kubectl get crd NAME -o yaml` shows; kinds that are not
defined there are named and left out. Needs pyyaml, with --crd jsonschema, and for Google's
google-cloud-network-services.
"""

import argparse
import json
import sys

import yaml


def google(extension):
    from google.cloud import network_services_v1
    from google.protobuf import json_format

    try:
        network_services_v1.LbTrafficExtension.from_json(json.dumps(extension), ignore_unknown_fields=False)
    except json_format.ParseError as error:
        return [str(error)]
    return []


def closed(schema):
    """The same, with fields that it does not declare as errors."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    schema = {key: closed(part) for key, part in schema.items()}
    if "properties" in schema and not schema.get("x-kubernetes-preserve-unknown-fields"):
        schema.setdefault("additionalProperties", False)
    return schema


def definitions(path):
    """The schemas of a file, by kind. Lines of Helm's around them are left out."""
    with open(path) as file:
        text = "".join(line for line in file if not line.startswith("{{"))
    schemas = {}
    for crd in yaml.safe_load_all(text):
        for version in crd["spec"]["versions"] if crd else []:
            kind = f"{crd['spec']['group']}/{version['name']}", crd["spec"]["names"]["kind"]
            schemas[kind] = closed(version["schema"]["openAPIV3Schema"]["properties"]["spec"])
    return schemas


def kubernetes(thing, schemas):
    import jsonschema

    kind = thing["apiVersion"], thing["kind"]
    if kind not in schemas:
        print(f"not defined here, and not checked: {kind[1]}")
        return []
    errors = jsonschema.Draft7Validator(schemas[kind]).iter_errors(thing["spec"])
    return [f"{'.'.join(map(str, error.path))}: {error.message}" for error in errors]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("file")
    parser.add_argument("--crd", help="a file of definitions")
    options = parser.parse_args()
    schemas = definitions(options.crd) if options.crd else None
    with open(options.file) as file:
        things = list(yaml.safe_load_all(file))
    errors = [error for thing in things for error in (kubernetes(thing, schemas) if schemas else google(thing))]
    sys.exit("\n".join(errors) or None)


main()
