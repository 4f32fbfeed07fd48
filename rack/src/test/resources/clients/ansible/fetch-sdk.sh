#!/usr/bin/env bash
# fetch-sdk.sh DIR: unpacks Debian 11's openstacksdk into DIR. Debian 12's Ansible modules (openstack.cloud 1.10) refuse Debian
# 12's own SDK (0.101) by its number: they want one below 0.99. Nothing is installed.
set -euo pipefail
dir=$1
[ ! -d "$dir/usr" ] || exit 0
mkdir -p "$dir/apt/lists/partial" "$dir/apt/archives/partial"
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' 'Suite: oldstable|stable|oldoldstable' 2>/dev/null | head -n 1)
[ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -m 1 '/debian/$')
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror bullseye main" >"$dir/apt/sources.list"
options=(-qq -o "Dir::Etc::sourcelist=$dir/apt/sources.list" -o Dir::Etc::sourceparts=/dev/null -o "Dir::State::lists=$dir/apt/lists"
    -o "Dir::Cache::archives=$dir/apt/archives" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= -o APT::Sandbox::User=root)
apt-get "${options[@]}" update
cd "$dir/apt"
apt-get "${options[@]}" download python3-openstacksdk=0.50.0-6
dpkg -x python3-openstacksdk_*.deb "$dir/new"
mv "$dir/new/usr" "$dir/usr"
