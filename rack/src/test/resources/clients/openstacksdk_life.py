#!/usr/bin/python3
"""A server's life by Debian's openstacksdk. The cloud and its log-in come from OS_CLIENT_CONFIG_FILE and OS_CLOUD."""

import sys

import openstack


def main(name):
    cloud = openstack.connect()
    key = cloud.compute.create_keypair(name=name)
    assert "PRIVATE KEY" in key.private_key
    network = cloud.network.create_network(name=name)
    subnet = cloud.network.create_subnet(network_id=network.id, name=name, ip_version=4, cidr="10.31.0.0/24")
    group = cloud.network.create_security_group(name=name)
    cloud.network.create_security_group_rule(security_group_id=group.id, direction="ingress", protocol="tcp",
                                             port_range_min=22, port_range_max=22)
    server = cloud.compute.create_server(
        name=name, flavor_id=cloud.compute.find_flavor("u1.nano").id, image_id=cloud.image.find_image("unkai-tiny").id,
        networks=[{"uuid": network.id}], key_name=name, security_groups=[{"name": name}])
    server = cloud.compute.wait_for_server(server, wait=300)
    assert server.status == "ACTIVE"

    server = cloud.compute.get_server(server)
    assert server.addresses[name][0]["addr"].startswith("10.31.0."), server.addresses
    assert [one["name"] for one in server.security_groups] == [name]
    assert [one.id for one in cloud.compute.servers(name=name)] == [server.id]
    port = next(cloud.network.ports(device_id=server.id))
    assert port.fixed_ips[0]["subnet_id"] == subnet.id

    cloud.compute.stop_server(server)
    cloud.compute.wait_for_server(server, status="SHUTOFF", wait=300)
    cloud.compute.start_server(server)
    cloud.compute.wait_for_server(server, wait=300)

    cloud.compute.delete_server(server)
    cloud.compute.wait_for_delete(server, wait=300)
    cloud.network.delete_security_group(group)
    cloud.network.delete_network(network)
    cloud.compute.delete_keypair(key)
    assert cloud.network.find_network(name) is None
    print("done")


main(sys.argv[1])
