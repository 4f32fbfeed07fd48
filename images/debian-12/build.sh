#!/bin/bash
# Builds the debian-12 guest image: Debian 12 with cloud-init, for BIOS and UEFI, from Debian's own packages.
# Usage: images/debian-12/build.sh OUT.qcow2        (as root; takes some minutes)
# Needs neither loop devices nor kernel modules: file systems are written as files, GRUB is put in place byte by byte.
set -euo pipefail

out=${1:?usage: build.sh OUT.qcow2}
here=$(cd "$(dirname "$0")" && pwd)
mirror=${UNKAI_DEBIAN_MIRROR:-http://deb.debian.org/debian}
security=${UNKAI_DEBIAN_SECURITY_MIRROR:-http://deb.debian.org/debian-security}
root_mib=2000
packages=linux-image-cloud-amd64,systemd-sysv,systemd-resolved,systemd-timesyncd,dbus,udev,kmod,initramfs-tools,lz4,\
cloud-init,cloud-guest-utils,gdisk,e2fsprogs,dosfstools,openssh-server,qemu-guest-agent,sudo,ca-certificates,curl,\
iproute2,iputils-ping,netbase,netcat-openbsd,less,nano,procps,libpam-systemd,apt-utils,\
grub2-common,grub-pc-bin,grub-efi-amd64-bin

started=$SECONDS
step() { printf 'debian-12: [%3d s] %s\n' $((SECONDS - started)) "$*"; }
fail() { printf 'debian-12: %s\n' "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || fail "run this as root: the files of the image belong to root and other system users"
PATH=$PATH:/usr/sbin:/sbin
for need in mmdebstrap:mmdebstrap mke2fs:e2fsprogs mformat:mtools mcopy:mtools sfdisk:fdisk qemu-img:qemu-utils; do
    command -v "${need%%:*}" >/dev/null || fail "the command ${need%%:*} is missing; install it with: apt-get install ${need##*:}"
done
mkdir -p "$(dirname "$out")"
free_mib=$(($(df -Pk "$(dirname "$out")" | awk 'NR == 2 {print $4}') / 1024))
[ "$free_mib" -ge 3500 ] || fail "building needs 3500 MiB free beside $out; there are $free_mib"
work=$(mktemp -d "$(dirname "$out")/.debian-12.XXXXXX")
chmod 755 "$work"
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root

step "installing Debian 12 with mmdebstrap (progress below)"
mmdebstrap --quiet --mode=root --variant=minbase --include="$packages" \
    --aptopt='Acquire::Languages "none"' --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --essential-hook='mkdir -p "$1/etc/initramfs-tools/conf.d"' \
    --essential-hook='echo "COMPRESS=lz4" >"$1/etc/initramfs-tools/conf.d/unkai"' \
    --extract-hook='echo "debian-12: base system unpacked"' \
    --essential-hook='echo "debian-12: base system configured"' \
    --customize-hook='echo "debian-12: packages installed"' \
    --customize-hook="cp -a '$here/root/.' \"\$1/\" && chown -R root:root \"\$1/etc/cloud\" \"\$1/etc/systemd/network\" \"\$1/etc/default/grub\"" \
    --customize-hook='chroot "$1" systemctl -q enable systemd-networkd systemd-resolved systemd-timesyncd ssh' \
    --customize-hook='ln -sf /run/systemd/resolve/stub-resolv.conf "$1/etc/resolv.conf"' \
    --customize-hook='chroot "$1" grub-mkimage -O i386-pc -o /boot/core.img -p "(hd0,gpt1)/boot/grub" biosdisk part_gpt ext2 search search_label normal linux configfile test echo serial terminal gzio all_video' \
    --customize-hook='printf "search.fs_label debian-root root\nset prefix=(\$root)/boot/grub\nconfigfile \$prefix/grub.cfg\n" >"$1/boot/early.cfg"' \
    --customize-hook='chroot "$1" grub-mkimage -O x86_64-efi -o /boot/bootx64.efi -c /boot/early.cfg -p /boot/grub part_gpt ext2 fat search search_label normal linux configfile test echo serial terminal gzio all_video' \
    bookworm "$root" \
    "deb $mirror bookworm main" "deb $mirror bookworm-updates main" "deb $security bookworm-security main" \
    || fail "mmdebstrap did not finish; its reason stands above"

step "preparing the boot files"
kernel=$(cd "$root/boot" && ls vmlinuz-* | sort -V | tail -n 1)
version=${kernel#vmlinuz-}
mkdir -p "$root/boot/grub" "$root/boot/efi"
cp -a "$root/usr/lib/grub/i386-pc" "$root/usr/lib/grub/x86_64-efi" "$root/boot/grub/"
rm -f "$root"/boot/grub/*/*.img "$root"/boot/grub/*/*.image "$root"/boot/grub/*/*.module
# The first grub.cfg; update-grub replaces it inside the guest when a kernel is upgraded.
cat >"$root/boot/grub/grub.cfg" <<CFG
set timeout=0
search --no-floppy --label debian-root --set=root
menuentry "Debian 12" {
    linux /boot/$kernel root=LABEL=debian-root ro console=tty0 console=ttyS0,115200 net.ifnames=0
    initrd /boot/initrd.img-$version
}
CFG
core=$work/core.img
mv "$root/boot/core.img" "$core"
mv "$root/boot/bootx64.efi" "$work/bootx64.efi"
rm -f "$root/boot/early.cfg"
cp "$root/usr/lib/grub/i386-pc/boot.img" "$work/boot.img"
printf 'LABEL=debian-root / ext4 defaults,errors=remount-ro 0 1\nLABEL=EFI /boot/efi vfat umask=0077,nofail 0 1\n' >"$root/etc/fstab"

# What must differ from guest to guest is made at first boot.
rm -f "$root"/etc/ssh/ssh_host_* "$root/var/lib/dbus/machine-id" "$root/var/lib/systemd/random-seed"
: >"$root/etc/machine-id"
echo localhost >"$root/etc/hostname"
rm -rf "$root"/var/lib/apt/lists/* "$root"/var/cache/apt/*.bin "$root"/tmp/* "$root"/var/log/*.log "$root"/var/log/apt

step "writing the root file system ($(du -sm "$root" | cut -f 1) MiB of files)"
truncate -s "${root_mib}M" "$work/root.img"
mke2fs -q -F -t ext4 -L debian-root -O ^metadata_csum_seed,^orphan_file -m 1 -d "$root" "$work/root.img"
rm -rf --one-file-system "$root"

step "writing the EFI partition and the disk"
truncate -s 16M "$work/efi.img"
mformat -i "$work/efi.img" -T 32768 -h 64 -s 32 -v EFI ::
mmd -i "$work/efi.img" ::/EFI ::/EFI/BOOT
mcopy -i "$work/efi.img" "$work/bootx64.efi" ::/EFI/BOOT/BOOTX64.EFI

# Sectors: BIOS boot 2048, EFI 4096, root 36864 (last, so that growpart can grow it).
disk=$work/disk.raw
truncate -s $((18 + root_mib + 1))M "$disk"
sfdisk -q "$disk" <<TABLE
label: gpt
14 : start=2048, size=2048, type=21686148-6449-6E6F-744E-656564454649
15 : start=4096, size=32768, type=C12A7328-F81F-11D2-BA4B-00A0C93EC93B
1 : start=36864, size=$((root_mib * 2048)), type=4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709
TABLE
little_endian() { # VALUE BYTES
    local value=$1 n
    for ((n = 0; n < $2; n++)); do printf "\\x$(printf %02x $((value & 255)))"; value=$((value >> 8)); done
}
# GRUB's own layout (grub/i386/pc/boot.h): boot.img holds at 0x5c the sector of core.img; the last block list entry of
# core.img's first sector, at 0x1f4, the sector at which the rest lies.
little_endian 2048 8 | dd of="$work/boot.img" bs=1 seek=$((0x5c)) conv=notrunc status=none
little_endian 2049 8 | dd of="$core" bs=1 seek=$((0x1f4)) conv=notrunc status=none
[ "$(stat -c %s "$core")" -le 1048576 ] || fail "GRUB's core image does not fit its partition"
dd if="$work/boot.img" of="$disk" bs=440 count=1 conv=notrunc status=none
dd if="$core" of="$disk" bs=512 seek=2048 conv=notrunc status=none
dd if="$work/efi.img" of="$disk" bs=1M seek=2 conv=notrunc,sparse status=none
dd if="$work/root.img" of="$disk" bs=1M seek=18 conv=notrunc,sparse status=none
rm -f "$work/root.img"

step "compressing"
qemu-img convert -q -f raw -O qcow2 -c -o compat=1.1,compression_type=zstd "$disk" "$work/disk.qcow2"
chmod 644 "$work/disk.qcow2"
sync "$work/disk.qcow2"
mv -f "$work/disk.qcow2" "$out"
step "$out is ready: $(($(stat -c %s "$out") / 1048576)) MiB, disk of $((19 + root_mib)) MiB, Linux $version"
