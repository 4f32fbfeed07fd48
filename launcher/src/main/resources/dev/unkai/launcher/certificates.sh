#!/bin/sh
# certificates.sh SECONDS PKI CERTIFICATE KEY COMMAND... : every SECONDS, and soon after the operator's own CERTIFICATE or KEY has changed (both
# empty where there are none), runs COMMAND: it renews what the site's authority has certified in PKI when a third of its life is left, and takes the
# operator's files over. Who uses a certificate takes it up without a restart; Open vSwitch reads one anew only when the key's file has
# changed too (lib/stream-ssl.c), so that file is to look younger.
every=$1 pki=$2 certificate=$3 key=$4
shift 4
pause=$every
[ -z "$certificate" ] || pause=20
next=0 before=
while :; do
    # Taken before the command reads the files: what changes meanwhile is looked at once more.
    now=$(date +%s)
    files=$([ -z "$certificate" ] || stat -L -c '%i %s %.Y' "$certificate" "$key" 2>&1)
    if [ "$now" -ge "$next" ] || [ "$files" != "$before" ]; then
        "$@"
        if [ "$pki/southbound.crt" -nt "$pki/southbound.key" ]; then
            touch "$pki/southbound.key"
        fi
        next=$((now + every)) before=$files
    fi
    sleep "$pause"
done
