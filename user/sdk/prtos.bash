# SPDX-License-Identifier: Apache-2.0
# Completion of bash for prtos and the tools. What a tool takes is asked of the tool itself (--help); here
# stands only what follows an option or a subcommand. Needs no bash-completion package.

# Options of a command, by its --help.
_prtos_options() {
    "$@" --help 2>/dev/null | sed 's/`[^`]*`//g; /^example:/d' |
        grep -oE '(^|[][ |,])--?[A-Za-z][A-Za-z-]*' | tr -d '][ |,' | sort -u
}

# Subcommands of a tool.
_prtos_commands() {
    case ${1##*/} in
        prtos) "$1" --help 2>/dev/null | sed -n 's/^    \([a-z][a-z-]*\)  .*/\1/p' ;;
        prtoseformat) echo build read ;;
        prtospack) echo build check list ;;
    esac
}

# Boards that have a file, in the installation or in the source tree.
_prtos_platforms() {
    local bin file
    bin=$(dirname "$(readlink -f "$(type -P "$1")")")
    for file in "$bin"/../{share/prtos/config,../config}/platforms/*.xml; do
        [ ! -f "$file" ] || basename "$file" .xml
    done
}

_prtos_folders() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -d -- "$1")
}

# Files of a kind (a pattern) and folders; without a kind, all files.
_prtos_files() {
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -d -- "$2"; compgen -f ${1:+-X "!$1"} -- "$2" |
        while IFS= read -r file; do [ -d "$file" ] || printf '%s\n' "$file"; done)
}

_prtos_words() {
    mapfile -t COMPREPLY < <(compgen -W "$1" -- "$2")
}

_prtos() {
    local tool=$1 word=$2 before=$3 first='' command=''
    case ${tool##*/} in
        prtos | prtoseformat | prtospack)
            if [ "$COMP_CWORD" = 1 ]; then first=yes; else command=${COMP_WORDS[1]}; fi ;;
    esac
    COMPREPLY=()
    case ${tool##*/}:$before in
        prtos:-p | prtos:--platform) _prtos_words "$(_prtos_platforms "$tool")" "$word"; return ;;
        prtoscparser:-p)
            _prtos_files '*.xml' "$word"
            mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -W "$(_prtos_platforms "$tool")" -- "$word")
            return ;;
        prtoscparser:-a) _prtos_words 'x86 aarch64' "$word"; return ;;
        *:-I | prtos:--dir) _prtos_folders "$word"; return ;;
        prtoscparser:-s) _prtos_files '*.xsd' "$word"; return ;;
        grub_iso:-[tda] | xpath:-n) return ;;
        prtos:--plan | prtos:--cpu | prtos:--width | prtos:--smp | prtos:--memory | prtos:--timeout | prtos:--qemu)
            return ;;
        *:-o | prtoseformat:-p) _prtos_files '' "$word"; return ;;
    esac
    case $word in
        -*) _prtos_words "$(_prtos_options "$tool" ${command:+"$command"})" "$word"; return ;;
    esac
    if [ "$first" ]; then
        _prtos_words "$(_prtos_commands "$tool")" "$word"
        return
    fi
    case ${tool##*/}:$command in
        prtos:new) ;;
        prtos:run) _prtos_files '' "$word" ;;
        prtos:build) _prtos_folders "$word" ;;
        prtos:* | prtoscparser:* | xpathstart:*) _prtos_files '*.xml' "$word" ;;
        xpath:*) [ "$before" != -f ] || _prtos_files '*.xml' "$word" ;;
        *) _prtos_files '' "$word" ;;
    esac
}

complete -F _prtos prtos prtoscparser prtoseformat prtospack rswbuild prtosbuildinfo grub_iso xpath xpathstart
