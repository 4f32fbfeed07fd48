#!/bin/sh
# vpn.sh DIR UNWANTED CERTIFICATE : stands between the VPN server, whose control socket is root's, and the gateway, which has no rights.
# Once a second it shows the server's tunnels in DIR/seen/tunnels.json and cuts those whose names stand in the file UNWANTED: that is all
# that the gateway can ask for. A renewed CERTIFICATE is taken up without a tunnel being cut.
dir=$1 unwanted=$2 certificate=$3
umask 022
control() {
    occtl --socket-file "$dir/occtl" "$@" 2>/dev/null
}

touch "$dir/started"
while :; do
    if [ "$certificate" -nt "$dir/started" ] && control reload >/dev/null; then
        touch "$dir/started"
    fi
    # Sessions first: who connects in between is seen as a user then.
    if control -j show sessions valid >"$dir/sessions" && control -j show users >"$dir/users"; then
        head -c 1000000 "$unwanted" 2>/dev/null | awk '
            NR == FNR { wanted[$1] = 1; next }
            /^    "ID":  [0-9]+,$/ { gsub(/[^0-9]/, ""); id = $0 }
            /^    "Full session":  "/ { split($0, part, "\""); if (part[4] in wanted) print id }
        ' - "$dir/users" | while read -r id; do
            control disconnect id "$id"
        done
        {
            printf '{"users":'
            cat "$dir/users"
            printf ',"sessions":'
            cat "$dir/sessions"
            printf '}\n'
        } >"$dir/seen/.new" && mv "$dir/seen/.new" "$dir/seen/tunnels.json"
    fi
    sleep 1
done
