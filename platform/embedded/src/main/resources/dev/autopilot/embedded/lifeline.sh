# Runs a command that lives no longer than whoever started it.
#   sh -c "$(cat lifeline.sh)" lifeline <signal> <grace in seconds> <command> <arguments...>
# Standard input is the lifeline: when its other end closes, on purpose or because the parent was killed with -9,
# the command is asked to end with <signal>, and after <grace> seconds it and its whole process group are killed.
signal=$1 grace=$2
shift 2
pid=$$
exec 3<&0
(
  # Orphaned at once, so that the command never reaps a child it doesn't know.
  (
    trap '' HUP INT TERM
    while read -r _; do :; done
    kill -s "$signal" "$pid"
    while [ "$grace" -gt 0 ] && kill -0 "$pid"; do
      sleep 1
      grace=$((grace - 1))
    done
    kill -s KILL -- "-$pid" || kill -s KILL "$pid"
  ) <&3 3<&- >/dev/null 2>&1 &
)
exec "$@" </dev/null 3<&-
