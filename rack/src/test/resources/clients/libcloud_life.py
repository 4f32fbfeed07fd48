#!/usr/bin/python3
"""A server's life by Debian's libcloud, whose OpenStack driver speaks to compute and network."""

import os
import sys
import time

import libcloud.security
from libcloud.compute.providers import get_driver
from libcloud.compute.types import NodeState, Provider


def main(name):
    libcloud.security.CA_CERTS_PATH = os.environ["UNKAI_CA"]
    driver = get_driver(Provider.OPENSTACK)(
        os.environ["UNKAI_USER"], os.environ["UNKAI_PASSWORD"], ex_force_auth_version="3.x_password",
        ex_force_auth_url=os.environ["UNKAI_AUTH_URL"] + "/auth/tokens", ex_tenant_name=os.environ["UNKAI_PROJECT"],
        api_version="2.2", ex_domain_name=os.environ["UNKAI_DOMAIN"], ex_tenant_domain_id=os.environ["UNKAI_DOMAIN_ID"],
        ex_force_service_region=os.environ["UNKAI_REGION"])
    key = driver.create_key_pair(name)
    assert "PRIVATE KEY" in key.private_key
    network = driver.ex_create_network(name)
    subnet = driver.ex_create_subnet(name, network, "10.32.0.0/24")
    group = driver.ex_create_security_group(name, "made by libcloud")
    size = next(size for size in driver.list_sizes() if size.name == "u1.nano")
    image = next(image for image in driver.list_images() if image.name == "unkai-tiny")
    node = driver.create_node(name=name, size=size, image=image, networks=[network], ex_keyname=name,
                              ex_security_groups=[group])
    node, addresses = driver.wait_until_running([node], wait_period=1, timeout=300, ssh_interface="private_ips")[0]
    assert addresses[0].startswith("10.32.0."), addresses
    assert driver.ex_get_node_details(node.id).state == NodeState.RUNNING

    assert driver.stop_node(node)
    wait(driver, node, NodeState.STOPPED)
    assert driver.start_node(node)
    wait(driver, node, NodeState.RUNNING)

    assert driver.destroy_node(node)
    until(lambda: all(other.id != node.id for other in driver.list_nodes()))
    assert driver.ex_delete_security_group(group)
    assert driver.ex_delete_subnet(subnet)
    assert driver.ex_delete_network(network)
    assert driver.delete_key_pair(key)
    print("done")


def wait(driver, node, state):
    until(lambda: driver.ex_get_node_details(node.id).state == state)


def until(condition, seconds=300):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(1)


main(sys.argv[1])
