#!/bin/sh
# keep.sh NAME RUN LOG SIGNAL COMMAND... : runs COMMAND and runs it again whenever it ends, until this loop gets SIGTERM.
# RUN/NAME.pid is the command, RUN/NAME.keep.pid this loop. A command that ends within 10 s is started again after a
# pause that doubles from 0.2 s to 5 s; one that ran longer is started again after 0.2 s.
name=$1 run=$2 log=$3 signal=$4
shift 4
umask 022
exec >>"$log" 2>&1 </dev/null
echo $$ >"$run/$name.keep.pid"
child='' stopping='' pause=2
trap 'stopping=1; [ -n "$child" ] && kill -"$signal" "$child" 2>/dev/null' TERM

while [ -z "$stopping" ]; do
    if [ "$(stat -c %s "$log" 2>/dev/null || echo 0)" -gt 50000000 ]; then
        mv -f "$log" "$log.1"
        exec >>"$log" 2>&1
    fi
    began=$(date +%s)
    "$@" &
    child=$!
    echo "$child" >"$run/$name.pid"
    status=0
    while kill -0 "$child" 2>/dev/null; do
        wait "$child"
        status=$?
    done
    child=''
    [ -n "$stopping" ] && break
    [ $(($(date +%s) - began)) -ge 10 ] && pause=2
    echo "{\"@timestamp\":\"$(date -u +%FT%T.000Z)\",\"log.level\":\"WARN\",\"message\":\"$name ended with status $status; it is started again\"}"
    sleep "$((pause / 10)).$((pause % 10))"
    pause=$((pause * 2))
    [ "$pause" -gt 50 ] && pause=50
done
