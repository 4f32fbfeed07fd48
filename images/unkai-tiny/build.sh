#!/bin/bash
# Builds the unkai-tiny guest image: a bootable disk (BIOS and UEFI) below 40 MiB from Debian's own packages.
# Usage: images/unkai-tiny/build.sh OUT.qcow2
# Needs neither root nor loop devices nor kernel modules: the file systems are written as plain files.
set -euo pipefail

out=${1:?usage: build.sh OUT.qcow2}
here=$(cd "$(dirname "$0")" && pwd)
suite_packages=(busybox-static dropbear-bin e2fsprogs libext2fs2 libcom-err2 libuuid1 libblkid1 libc6 libcrypt1
    libtomcrypt1 libtommath1 libgmp10 zlib1g systemd-boot-efi util-linux libsmartcols1 libmount1 libudev1 libselinux1
    libpcre2-8-0)
# Order matters to the kernel: a module comes after those it uses; depmod's list is consulted for anything not named here.
boot_modules=(virtio_ring virtio virtio_pci_legacy_dev virtio_pci_modern_dev virtio_pci failover net_failover virtio_net
    virtio_blk virtio-rng cdrom isofs fat vfat nls_cp437 nls_ascii nls_utf8 evdev button)
spare_modules=(scsi_common scsi_mod virtio_scsi libata ata_piix sd_mod sr_mod)
boot_mib_spare=3
data_mib=24

step() { printf 'unkai-tiny: %s\n' "$*"; }
fail() { printf 'unkai-tiny: %s\n' "$*" >&2; exit 1; }

# command:package
for need in mcopy:mtools mformat:mtools syslinux:syslinux sfdisk:fdisk mke2fs:e2fsprogs qemu-img:qemu-utils cpio:cpio lz4:lz4 \
    objdump:binutils dpkg-deb:dpkg apt-get:apt; do
    PATH=$PATH:/usr/sbin:/sbin command -v "${need%%:*}" >/dev/null \
        || fail "the command ${need%%:*} is missing; install it with: apt-get install ${need##*:}"
done
PATH=$PATH:/usr/sbin:/sbin
mbr=/usr/lib/syslinux/mbr/mbr.bin
[ -r "$mbr" ] || fail "$mbr is missing; install it with: apt-get install syslinux-common"

mkdir -p "$(dirname "$out")"
work=$(mktemp -d "$(dirname "$out")/.unkai-tiny.XXXXXX")
trap 'rm -rf "$work"' EXIT

step "downloading Debian packages"
kernel_package=$(apt-cache depends linux-image-cloud-amd64 2>/dev/null | awk '/^ *Depends: linux-image-/ {print $2; exit}')
[ -n "$kernel_package" ] || fail "Debian's package list does not name linux-image-cloud-amd64; run apt-get update"
mkdir "$work/debs" "$work/packages" "$work/kernel"
chmod 755 "$work" "$work/debs"
(cd "$work/debs" && apt-get -qq -o APT::Sandbox::User=root download "$kernel_package" "${suite_packages[@]}") \
    || fail "the packages cannot be downloaded; check the network and run apt-get update"
for deb in "$work"/debs/*.deb; do
    case $(basename "$deb") in
        linux-image-*) dpkg-deb -x "$deb" "$work/kernel" ;;
        *) dpkg-deb -x "$deb" "$work/packages" ;;
    esac
done
version=$(ls "$work/kernel/lib/modules")
busybox=$work/packages/bin/busybox

step "assembling the root file system (kernel $version)"
root=$work/root
mkdir -p "$root"/{bin,sbin,dev,proc,sys,run,tmp,etc,var,root,home/tiny,lib/modules,lib64,lib/x86_64-linux-gnu,usr/bin,usr/sbin}
cp -a "$here/root/." "$root/"
install -m 755 "$busybox" "$root/bin/busybox"
for applet in $("$busybox" --list); do
    [ -e "$root/bin/$applet" ] || ln -s busybox "$root/bin/$applet"
done
ln -sf ../bin/busybox "$root/sbin/init"
# On the disk, so that what is put there outlives a reboot as on any other machine.
ln -s var/mnt "$root/mnt"
mkdir "$root/var/mnt"
install -m 755 "$work/packages/usr/sbin/dropbear" "$work/packages/usr/bin/dbclient" \
    "$work/packages/usr/bin/dropbearkey" "$root/bin/"
ln -sf dbclient "$root/bin/ssh"
install -m 755 "$work/packages/sbin/resize2fs" "$root/bin/"
# busybox has neither their options nor lsblk; with them a disk is found by its label in scripts written for whole systems.
install -m 755 "$work/packages/sbin/blkid" "$work/packages/bin/lsblk" "$root/bin/"

copy_libraries() { # FILE...: the shared libraries it names, from the downloaded packages, recursively
    local file library found
    for file in "$@"; do
        for library in $(objdump -p "$file" 2>/dev/null | awk '$1 == "NEEDED" {print $2}'); do
            [ -e "$root/lib/x86_64-linux-gnu/$library" ] && continue
            found=$(find "$work/packages" -name "$library" -print -quit)
            [ -n "$found" ] || fail "$library, needed by $(basename "$file"), is in none of the packages"
            install -m 755 "$(readlink -f "$found")" "$root/lib/x86_64-linux-gnu/$library"
            copy_libraries "$root/lib/x86_64-linux-gnu/$library"
        done
    done
}
copy_libraries "$root/bin/dropbear" "$root/bin/dbclient" "$root/bin/dropbearkey" "$root/bin/resize2fs" \
    "$root/bin/blkid" "$root/bin/lsblk"
ln -sf ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$root/lib64/ld-linux-x86-64.so.2"

"$busybox" depmod -b "$work/kernel" "$version"
copy_modules() { # LIST MODULE...: copies the modules with all they use and writes their paths in load order
    local list=$1 module path
    shift
    : >"$root/lib/modules/$list"
    for module in "$@"; do
        path=$(awk -F: -v name="/$module.ko" 'substr($1, length($1) - length(name) + 1) == name {
            n = split($2, uses, " "); for (i = n; i > 0; i--) print uses[i]; print $1 }' \
            "$work/kernel/lib/modules/$version/modules.dep")
        [ -n "$path" ] || fail "the kernel has no module $module"
        for one in $path; do
            install -m 644 "$work/kernel/lib/modules/$version/$one" "$root/lib/modules/"
            grep -qxF "$(basename "$one")" "$root/lib/modules/$list" || basename "$one" >>"$root/lib/modules/$list"
        done
    done
}
copy_modules at-boot "${boot_modules[@]}"
copy_modules when-needed "${spare_modules[@]}"

# The console device must exist before /init runs, and mknod needs root; cpio's header is written by hand instead.
cpio_device() { # NAME MODE MAJOR MINOR: one "newc" record (see the kernel's buffer-format document)
    local name=$1 size=$((${#1} + 1))
    printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\0' \
        0 "$2" 0 0 1 0 0 0 0 "$3" "$4" "$size" 0 "$name"
    local pad=$(((4 - (110 + size) % 4) % 4))
    [ "$pad" = 0 ] || head -c "$pad" /dev/zero
}
cpio_trailer() {
    printf '070701%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%08X%s\0' 0 0 0 0 1 0 0 0 0 0 0 11 0 'TRAILER!!!'
    head -c 3 /dev/zero
}
(cd "$root" && find . -print0 | sort -z | cpio --null --quiet -o -H newc -R 0:0) >"$work/initrd.cpio"
{ cpio_device dev/console $((0020600)) 5 1; cpio_trailer; } >"$work/console.cpio"
cat "$work/initrd.cpio" "$work/console.cpio" | lz4 -q -l -9 >"$work/initrd"

step "writing the boot partition"
command_line="console=tty0 console=ttyS0,115200 quiet panic=10 net.ifnames=0 cryptomgr.notests nowatchdog"
bytes=$(($(stat -c %s "$work/kernel/boot/vmlinuz-$version") + $(stat -c %s "$work/initrd")))
boot_mib=$((bytes / 1048576 + 1 + boot_mib_spare))
boot=$work/boot.img
truncate -s "${boot_mib}M" "$boot"
export MTOOLS_SKIP_CHECK=1
mformat -i "$boot" -T $((boot_mib * 2048)) -h 64 -s 32 -H 2048 -v UNKAI ::
cat >"$work/syslinux.cfg" <<CFG
DEFAULT unkai
PROMPT 0
LABEL unkai
  LINUX /vmlinuz
  INITRD /initrd
  APPEND $command_line
CFG
printf 'default unkai.conf\ntimeout 0\n' >"$work/loader.conf"
printf 'title unkai-tiny\nlinux /vmlinuz\ninitrd /initrd\noptions %s\n' "$command_line" >"$work/unkai.conf"
mmd -i "$boot" ::/EFI ::/EFI/BOOT ::/loader ::/loader/entries
mcopy -i "$boot" "$work/kernel/boot/vmlinuz-$version" ::/vmlinuz
mcopy -i "$boot" "$work/initrd" ::/initrd
mcopy -i "$boot" "$work/syslinux.cfg" ::/syslinux.cfg
mcopy -i "$boot" "$work/packages/usr/lib/systemd/boot/efi/systemd-bootx64.efi" ::/EFI/BOOT/BOOTX64.EFI
mcopy -i "$boot" "$work/loader.conf" ::/loader/loader.conf
mcopy -i "$boot" "$work/unkai.conf" ::/loader/entries/unkai.conf
syslinux --install "$boot"

step "writing the data partition"
mkdir -p "$work/data/lib/unkai" "$work/data/root" "$work/data/home/tiny" "$work/data/mnt"
truncate -s "${data_mib}M" "$work/data.img"
# resize= leaves room for the descriptors of a 2 TiB disk, so that the guest can grow the file system while it is mounted.
mke2fs -q -F -t ext4 -L unkai-data -b 4096 -N 2048 -m 0 -J size=8 -E resize=536870912,root_owner=0:0 -d "$work/data" "$work/data.img"

step "putting the disk together"
disk=$work/disk.raw
truncate -s $((1 + boot_mib + data_mib))M "$disk"
sfdisk -q "$disk" <<TABLE
label: dos
start=2048, size=$((boot_mib * 2048)), type=ef, bootable
start=$((2048 + boot_mib * 2048)), size=$((data_mib * 2048)), type=83
TABLE
dd if="$mbr" of="$disk" bs=440 count=1 conv=notrunc status=none
dd if="$boot" of="$disk" bs=1M seek=1 conv=notrunc,sparse status=none
dd if="$work/data.img" of="$disk" bs=1M seek=$((1 + boot_mib)) conv=notrunc,sparse status=none
qemu-img convert -q -f raw -O qcow2 -c -o compat=1.1 "$disk" "$work/disk.qcow2"
size=$(stat -c %s "$work/disk.qcow2")
[ "$size" -lt $((40 * 1048576)) ] || fail "the image has $((size / 1048576)) MiB; it must stay below 40"
chmod 644 "$work/disk.qcow2"
sync "$work/disk.qcow2"
mv -f "$work/disk.qcow2" "$out"
step "$out is ready: $((size / 1024)) KiB, disk of $((1 + boot_mib + data_mib)) MiB"
