#!/usr/bin/python3
"""Runs Debian's unmodified Tempest against a running site and says which of the listed tests passed.

Everything Tempest needs is read from the site as a customer's program would read it: flavors, images and networks from the
APIs, the certificate authority and the operator's log-in from DIR/clouds.yaml. Accounts are made for the run and removed
after it. Nothing is skipped here: a listed test that Tempest skips counts as not passed.

Exit status: 0 when every listed test passed, 1 when not, 2 when the run could not be made.
"""

import argparse
import configparser
import io
import os
import re
import secrets
import subprocess
import sys

import keystoneauth1.exceptions
import openstack
import yaml
from subunit import ByteStreamToStreamResult
from testtools import StreamToDict

ACCOUNTS = 6  # a test class takes up to two, a worker runs one class at a time
TREES = ("tempest.", "neutron_tempest_plugin.", "keystone_tempest_plugin.", "glance_tempest_plugin.")  # those beside the first where Debian has them installed
TESTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "interop-tests.txt")


def main():
    options = arguments()
    os.makedirs(options.out, exist_ok=True)
    cloud = operator(options.data)
    listed = tests(options)
    customers, images = [], []
    try:
        if not options.dynamic:
            accounts(cloud, customers)
        images.append(another_image(cloud, options.out))
        configure(options, cloud, customers, images[0])
        run(options, listed)
    finally:
        remove(cloud, customers, images)
    return report(options, listed)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", required=True, help="directory of the running site")
    parser.add_argument("--out", default="target/interop", help="where configuration, logs and results go")
    parser.add_argument("--smoke", action="store_true", help="only the listed tests tagged smoke")
    parser.add_argument("--match", help="only the tests whose name matches this; with --beyond, of all of Tempest's")
    parser.add_argument("--beyond", action="store_true", help="choose from all tests of Tempest and its plugin, not from the list")
    parser.add_argument("--dynamic", action="store_true", help="let Tempest make accounts itself, as administrator; the site must ask"
                        " nobody for a second factor (unkai.identity.second-factor: enrolled)")
    parser.add_argument("--concurrency", type=int, default=2)
    return parser.parse_args()


def operator(data):
    os.environ["OS_CLIENT_CONFIG_FILE"] = os.path.join(os.path.abspath(data), "clouds.yaml")
    cloud = openstack.connect(cloud="operator")
    try:
        next(cloud.identity.projects(limit=1), None)
    except (openstack.exceptions.SDKException, keystoneauth1.exceptions.ClientException) as refused:
        print("The operator of clouds.yaml cannot log in by password alone. Run the tests on a site for evaluation, or begin it with"
              " \"second-factor: enrolled\" below unkai: and identity: in etc/identity.local.yaml.", refused, sep="\n", file=sys.stderr)
        sys.exit(2)
    return cloud


def tests(options):
    """Ids as Tempest prints them: name[id-…,tags]."""
    if options.beyond:
        subprocess.run(["stestr", "init"], cwd=options.out, stderr=subprocess.DEVNULL, check=False)
        known = subprocess.run(["tempest", "run", "--list-tests", "--config-file", os.devnull, "--regex", options.match],
                               cwd=options.out, stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()
        return [test for test in known if test.startswith(TREES)]
    with open(TESTS, encoding="utf-8") as file:
        listed = [line.strip() for line in file if line.strip() and not line.startswith("#")]
    if options.smoke:
        listed = [test for test in listed if re.search(r"[\[,]smoke[,\]]", test)]
    if options.match:
        listed = [test for test in listed if re.search(options.match, test)]
    return listed


def accounts(cloud, made):
    """One project, user and network each, as a customer has them: a network with a subnet behind a router to the outside."""
    run_name = "interop-" + secrets.token_hex(3)
    member = cloud.identity.find_role("member", ignore_missing=False)
    outside = external_network(cloud)
    for number in range(ACCOUNTS):
        name = f"{run_name}-{number}"
        password = secrets.token_urlsafe(18) + "aA1"
        project = cloud.identity.create_project(name=name, domain_id="default")
        user = cloud.identity.create_user(name=name, domain_id="default", password=password)
        cloud.identity.assign_project_role_to_user(project, user, member)
        network = cloud.network.create_network(name=name, project_id=project.id)
        subnet = cloud.network.create_subnet(name=name, project_id=project.id, network_id=network.id, ip_version=4,
                                             cidr=f"10.200.{number}.0/24")
        router = cloud.network.create_router(name=name, project_id=project.id,
                                             external_gateway_info={"network_id": outside.id})
        cloud.network.add_interface_to_router(router, subnet_id=subnet.id)
        made.append({"name": name, "password": password, "project": project, "user": user, "network": network,
                     "subnet": subnet, "router": router})


def boot_image(cloud):
    return next(image for image in cloud.image.images() if image.name == "unkai-tiny")


def another_image(cloud, folder):
    """A second image to tell the first from: the same guest, under another name."""
    first = boot_image(cloud)
    path = os.path.join(folder, "image")
    cloud.image.download_image(first, output=path)
    second = cloud.image.create_image(name="interop-" + secrets.token_hex(3), disk_format=first.disk_format,
                                      container_format="bare", visibility="public", filename=path, wait=True)
    os.remove(path)
    return second


def remove(cloud, customers, images):
    for image in images:
        cloud.image.delete_image(image)
    for customer in customers:
        cloud.network.remove_interface_from_router(customer["router"], subnet_id=customer["subnet"].id)
        cloud.network.delete_router(customer["router"])
        cloud.network.delete_network(customer["network"])
        cloud.identity.delete_user(customer["user"])
        cloud.identity.delete_project(customer["project"])


def external_network(cloud):
    return next(network for network in cloud.network.networks() if network.is_router_external)


def configure(options, cloud, customers, second_image):
    config = configparser.ConfigParser(interpolation=None)
    config.read_dict(settings(options, cloud, second_image))
    with open(os.path.join(options.out, "tempest.conf"), "w", encoding="utf-8", opener=private) as file:
        config.write(file)
    known = [{"username": customer["name"], "password": customer["password"], "project_name": customer["name"],
              "user_domain_name": "Default", "project_domain_name": "Default", "domain_name": "Default",
              "roles": ["member"], "resources": {"network": customer["network"].name}} for customer in customers]
    with open(os.path.join(options.out, "accounts.yaml"), "w", encoding="utf-8", opener=private) as file:
        yaml.safe_dump(known, file)


def private(path, flags):
    return os.open(path, flags, 0o600)


def settings(options, cloud, second_image):
    login = cloud.config.get_auth_args()
    outside = external_network(cloud)
    # The smallest, and the next that has a larger disk, as a resize wants.
    small, larger = sorted(cloud.compute.flavors(), key=lambda flavor: flavor.ram)[:2]
    # With the results and not in a folder of its own, which nobody would take away.
    lock = os.path.abspath(os.path.join(options.out, "locks"))
    os.makedirs(lock, exist_ok=True)
    return {
        "DEFAULT": {"log_file": os.path.abspath(os.path.join(options.out, "tempest.log")), "debug": "true"},
        "oslo_concurrency": {"lock_path": lock},
        "auth": {
            "use_dynamic_credentials": str(options.dynamic).lower(),
            "test_accounts_file": "" if options.dynamic else os.path.abspath(os.path.join(options.out, "accounts.yaml")),
            "default_credentials_domain_name": "Default",
            "tempest_roles": "member",
            "admin_username": login["username"],
            "admin_password": login["password"],
            "admin_project_name": login["project_name"],
            "admin_domain_name": login["user_domain_name"],
        },
        "identity": {
            "uri_v3": login["auth_url"],
            "auth_version": "v3",
            "region": cloud.config.get_region_name(),
            "ca_certificates_file": cloud.config.config["cacert"],
            "admin_role": "admin",
            "default_domain_id": "default",
            # Wrong log-ins make an account wait, longer each time: 16 s after the ninth.
            "user_lockout_failure_attempts": "8",
            "user_lockout_duration": "20",
        },
        "identity-feature-enabled": {"api_v2": "false", "api_v2_admin": "false", "trust": "true",
                                     "security_compliance": "true", "application_credentials": "true",
                                     "access_rules": "true", "enforce_scope": "true"},
        "enforce_scope": {"glance": "true"},
        "compute": {
            "image_ref": boot_image(cloud).id,
            "image_ref_alt": second_image.id,
            "flavor_ref": small.id,
            "flavor_ref_alt": larger.id,
            "build_interval": "1",
            "build_timeout": "180",
            "min_microversion": "2.1",
            "max_microversion": latest_microversion(cloud),
        },
        "compute-feature-enabled": {"snapshot": "true", "resize": "true", "pause": "true", "suspend": "true",
                                    "shelve": "true", "rescue": "true", "interface_attach": "true", "vnc_console": "true",
                                    "console_output": "true", "config_drive": "true", "metadata_service": "true",
                                    "hostname_fqdn_sanitization": "true", "cold_migration": "false", "live_migration": "false",
                                    # What Tempest calls so is the change of a server's metadata.
                                    "xenapi_apis": "true"},
        "image": {"build_interval": "1", "disk_formats": "raw,qcow2,iso", "container_formats": "bare"},
        "image-feature-enabled": {"import_image": "true", "os_glance_reserved": "true"},
        "network": {
            "public_network_id": outside.id,
            "floating_network_name": outside.name,
            "project_network_cidr": "10.201.0.0/16",
            "build_interval": "1",
        },
        "network-feature-enabled": {
            "ipv6": "true",
            "ipv6_subnet_attributes": "true",
            "api_extensions": ",".join(extension.alias for extension in cloud.network.extensions()),
        },
        "validation": {
            "run_validation": "true",
            "connect_method": "floating",
            "auth_method": "keypair",
            "image_ssh_user": "root",
            "ssh_timeout": "120",
            "ping_timeout": "60",
        },
        "service_available": {"nova": "true", "neutron": "true", "glance": "true", "cinder": "false", "swift": "false",
                              "horizon": "false"},
    }


def latest_microversion(cloud):
    """The newest version of the compute API that both the site and this Tempest know."""
    version = cloud.compute.get_endpoint_data().max_microversion
    return ".".join(str(part) for part in version)


def run(options, listed):
    names = os.path.join(options.out, "tests")
    with open(names, "w", encoding="utf-8") as file:
        file.write("\n".join(listed) + "\n")
    # Tempest answers non-zero when a test fails, which is the report's to say.
    with open(os.path.join(options.out, "run.log"), "w", encoding="utf-8") as log:
        subprocess.run(["tempest", "run", "--config-file", "tempest.conf", "--load-list", "tests", "--concurrency",
                        str(options.concurrency)], cwd=options.out, stdout=log, stderr=log, check=False)


def report(options, listed):
    outcomes = last_run(options.out)
    passed = [test for test in listed if outcomes.get(test, ("", ""))[0] == "success"]
    for test in listed:
        if test not in passed:
            status, reason = outcomes.get(test) or class_outcome(outcomes, test)
            print(f"{status.upper():8} {test.split('[')[0]}\n         {reason}")
    print(f"{len(passed)}/{len(listed)}")
    return 0 if len(passed) == len(listed) else 1


def class_outcome(outcomes, test):
    """A class whose preparation fails has one outcome for all its tests."""
    class_name = test.split("[")[0].rsplit(".", 1)[0]
    return outcomes.get(f"setUpClass ({class_name})") or ("not run", "run.log says why")


def last_run(folder):
    """Outcome and reason by test id, of the last run in this folder."""
    outcomes = {}

    def keep(test):
        outcomes[test["id"]] = (test["status"], reason(test["details"]))

    result = StreamToDict(keep)
    output = subprocess.run(["stestr", "last", "--subunit"], cwd=folder, stdout=subprocess.PIPE, check=False).stdout
    result.startTestRun()
    ByteStreamToStreamResult(io.BytesIO(output), non_subunit_name="output").run(result)
    result.stopTestRun()
    return outcomes


def reason(details):
    if "reason" in details:
        return details["reason"].as_text().strip()
    if "traceback" in details:
        lines = [line for line in details["traceback"].as_text().strip().splitlines() if line.strip()]
        said = [line for line in lines if re.match(r"\w[\w.]*(Exception|Error|Mismatch|Fault|[A-Z]\w+): ", line)]
        return " ".join((said or lines)[-1:])
    return ""


if __name__ == "__main__":
    sys.exit(main())
