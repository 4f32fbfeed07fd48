#!/bin/sh
# host.sh DIR NAMESPACE KVM COMMAND... : runs COMMAND as a part of the host that belongs to DIR: in its network namespace,
# with DIR's own directories where libvirt, Open vSwitch and OVN look for theirs. Keeps no state: every daemon enters alike.
# KVM is "kvm" or "tcg"; with tcg the command sees no /dev/kvm, since libvirt would probe it again at every start.
if [ "$1" != inner ]; then
    exec nsenter --net="/run/netns/$2" unshare --mount --propagation private /bin/sh "$0" inner "$@"
fi
shift
set -e
directory=$1 kvm=$3
shift 3

# The sysfs of this network namespace, with the machine's control groups.
sys=$directory/run/sys
mkdir -p "$sys"
mount -t sysfs sysfs "$sys"
mount --rbind /sys/fs/cgroup "$sys/fs/cgroup"
umount -R -l /sys
mount --move "$sys" /sys

for private in var/lib/libvirt var/cache/libvirt var/log/libvirt etc/libvirt etc/openvswitch; do
    mount --bind "$directory/host/$private" "/$private"
done
mount --bind "$directory/run/libvirt" /run/libvirt
mount --bind "$directory/run/openvswitch" /run/openvswitch
mount --bind "$directory/run/ovn" /run/ovn

# libvirt looks up the host's own name again and again, also while a guest stands still at the end of its move. A name that
# only a name server could know, and which does not answer here, costs 10 s each time.
hosts=$directory/run/hosts.$$
{ cat /etc/hosts || true; printf '127.0.1.1 %s\n' "$(uname -n)"; } >"$hosts"
mount --bind "$hosts" /etc/hosts
rm "$hosts"

if [ "$kvm" = tcg ]; then
    dev=$directory/run/dev
    mkdir -p "$dev"
    mount -t tmpfs -o mode=755,size=1m dev "$dev"
    mkdir "$dev/net" "$dev/pts" "$dev/shm"
    for node in ptmx null zero full random urandom tty net/tun vhost-net; do
        if [ -e "/dev/$node" ]; then cp -a "/dev/$node" "$dev/$node"; fi
    done
    mount --bind /dev/pts "$dev/pts"
    mount --bind /dev/shm "$dev/shm"
    ln -s /proc/self/fd "$dev/fd"
    ln -s /proc/self/fd/0 "$dev/stdin"
    ln -s /proc/self/fd/1 "$dev/stdout"
    ln -s /proc/self/fd/2 "$dev/stderr"
    umount -R -l /dev
    mount --move "$dev" /dev
fi
exec "$@"
