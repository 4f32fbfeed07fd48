#!/bin/bash
# A virtual machine host of its own for a test: Open vSwitch, virtlogd and libvirtd in private network and mount namespaces.
# private-host.sh DIR start | stop | kill-libvirtd | start-libvirtd | run COMMAND...
set -eu
D=$1
shift
NS=unkai-test-$(echo -n "$D" | sha256sum | cut -c1-8)
PRIVATE="run/libvirt var/lib/libvirt var/cache/libvirt etc/libvirt var/log/libvirt run/openvswitch etc/openvswitch"

inside() { nsenter --net="/run/netns/$NS" unshare --mount --propagation private "$0" "$D" inner "$@"; }

case $1 in
inner)
    shift
    # The network namespace's own /sys, with the machine's control groups put back.
    mkdir -p "$D/sys"
    mount -t sysfs sysfs "$D/sys"
    mount --rbind /sys/fs/cgroup "$D/sys/fs/cgroup"
    umount -R -l /sys
    mount --move "$D/sys" /sys
    # A /dev without kvm: libvirt checks /dev/kvm as one user and probes it as another, and never trusts its cache again where they differ.
    mkdir -p "$D/dev"
    mount -t tmpfs -o mode=755,size=1m dev "$D/dev"
    mkdir "$D/dev/net" "$D/dev/pts" "$D/dev/shm"
    for node in ptmx null zero full random urandom tty net/tun; do cp -a "/dev/$node" "$D/dev/$node"; done
    mount --bind /dev/pts "$D/dev/pts"
    mount --bind /dev/shm "$D/dev/shm"
    ln -s /proc/self/fd "$D/dev/fd"
    umount -R -l /dev
    mount --move "$D/dev" /dev
    for p in $PRIVATE; do mount --bind "$D/bind/$p" "/$p"; done
    exec "$@"
    ;;
run)
    shift
    inside "$@"
    ;;
start)
    for p in $PRIVATE; do mkdir -p "$D/bind/$p" "/$p"; done
    mkdir -p "$D/bind/var/lib/libvirt/qemu"
    chown libvirt-qemu "$D/bind/var/lib/libvirt/qemu"
    chmod 711 "$D"
    cat >"$D/bind/etc/libvirt/libvirtd.conf" <<CONF
auth_unix_rw = "none"
unix_sock_group = "root"
unix_sock_rw_perms = "0700"
log_outputs = "3:file:$D/libvirtd.log"
host_uuid = "$(cat /proc/sys/kernel/random/uuid)"
CONF
    cat >"$D/bind/etc/libvirt/qemu.conf" <<CONF
user = "libvirt-qemu"
group = "kvm"
security_driver = "none"
seccomp_sandbox = 1
remember_owner = 0
CONF
    printf 'max_size = 65536\nmax_backups = 1\n' >"$D/bind/etc/libvirt/virtlogd.conf"
    ip netns add "$NS"
    ip -n "$NS" link set lo up
    inside ovsdb-tool create /etc/openvswitch/conf.db /usr/share/openvswitch/vswitch.ovsschema
    inside ovsdb-server /etc/openvswitch/conf.db --remote=punix:/run/openvswitch/db.sock --detach --no-chdir \
        --pidfile=/run/openvswitch/ovsdb-server.pid --unixctl=/run/openvswitch/ovsdb.ctl --log-file=/run/openvswitch/ovsdb.log
    inside ovs-vsctl --no-wait init
    inside ovs-vswitchd unix:/run/openvswitch/db.sock --detach --no-chdir \
        --pidfile=/run/openvswitch/ovs-vswitchd.pid --unixctl=/run/openvswitch/vswitchd.ctl --log-file=/run/openvswitch/vswitchd.log
    inside ovs-vsctl add-br br-int -- set bridge br-int datapath_type=netdev fail_mode=secure
    inside virtlogd -d -p /run/libvirt/virtlogd.pid
    "$0" "$D" start-libvirtd
    ;;
start-libvirtd)
    # Below a reaper of orphans: QEMU runs as a daemon, and not every process 1 collects the dead at once.
    inside perl -e 'exit 0 if fork; syscall(157, 36, 1, 0, 0, 0) == 0 or die $!; exec @ARGV if !fork; 1 while wait != -1' \
        libvirtd -p /run/libvirt/libvirtd.pid </dev/null >"$D/libvirtd.out" 2>&1
    for _ in {1..300}; do [ -S "$D/bind/run/libvirt/libvirt-sock" ] && exit 0 || sleep 0.1; done
    cat "$D/libvirtd.out" "$D/libvirtd.log"
    exit 1
    ;;
kill-libvirtd)
    kill -9 "$(cat "$D/bind/run/libvirt/libvirtd.pid")"
    rm -f "$D/bind/run/libvirt/libvirtd.pid"
    ;;
stop)
    for guest in "$D"/bind/run/libvirt/qemu/unkai-*.pid; do [ -f "$guest" ] && kill -9 "$(cat "$guest")" || true; done
    for p in libvirt/libvirtd libvirt/virtlogd openvswitch/ovs-vswitchd openvswitch/ovsdb-server; do
        [ -f "$D/bind/run/$p.pid" ] && kill "$(cat "$D/bind/run/$p.pid")" || true
    done
    ip netns del "$NS" || true
    ;;
esac
