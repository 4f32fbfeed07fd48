#!/bin/sh
# certificates.sh SECONDS PKI COMMAND... : every SECONDS runs COMMAND, which renews what the site's authority has certified in PKI when a third
# of its life is left. Who uses it takes it up without a restart; Open vSwitch reads a certificate anew only when the key's file has changed
# too (lib/stream-ssl.c), so that file is to look younger.
every=$1 pki=$2
shift 2
while :; do
    "$@"
    if [ "$pki/southbound.crt" -nt "$pki/southbound.key" ]; then
        touch "$pki/southbound.key"
    fi
    sleep "$every"
done
