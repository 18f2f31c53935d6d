# shellcheck shell=bash
# What packaging/run and packaging/test share: the environment in .venv, and the system libraries that Qt wants.
# To be sourced; needs Debian 12 or alike with Python 3.11. Messages go to standard error.

unset CDPATH
ROOT=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd -P)
VENV=$ROOT/.venv
STAMP=$VENV/shotsift-stamp
QT_PACKAGES=(
    fonts-dejavu-core libdbus-1-3 libegl1 libfontconfig1 libgl1 libglib2.0-0 libwayland-client0 libwayland-cursor0
    libwayland-egl1 libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
    libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1
    libxkbcommon-x11-0
)

say() {
    printf '%s: %s\n' "packaging/${0##*/}" "$*" >&2
}

# Installs Debian packages where that is allowed; otherwise says the one line to type, and stops.
# $1: what for; then the packages.
want_packages() {
    local purpose=$1 as_root=() log ask
    shift
    local install=(apt-get install -y --no-install-recommends "$@")
    ((EUID == 0)) || as_root=(sudo)
    if ! command -v apt-get >/dev/null; then
        say "$purpose is missing. This is no Debian: please install what your system has for: $*"
        exit 1
    fi
    if ((EUID != 0)) && ! sudo -n true 2>/dev/null; then
        command -v sudo >/dev/null && ask="sudo sh -c" || ask="su - -c"
        say "$purpose is missing. Please type this line, then start again:"
        printf '%s\n' "$ask 'apt-get update; ${install[*]}'" >&2
        exit 1
    fi
    say "$purpose is missing: installing $# system packages with apt-get, without asking"
    if ! log=$("${as_root[@]}" apt-get update 2>&1); then
        say "apt-get could not renew its lists; going on with the old ones"
    fi
    if ! log=$("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}" 2>&1); then
        printf '%s\n' "$log" >&2
        say "apt-get could not install them; its words are above"
        exit 1
    fi
}

# Prints the Python to build the environment with.
find_python() {
    local name
    for name in python3 python3.11 python3.12 python3.13; do
        if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null; then
            printf '%s\n' "$name"
            return
        fi
    done
    say "Python 3.11, 3.12 or 3.13 is needed, and none of them is here"
    exit 1
}

# Makes an empty .venv with pip in it, also where Debian's python3-venv is not installed but its python3-pip is.
make_venv() {
    local python=$1
    say "making the environment in .venv"
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv --clear "$VENV"
    elif "$python" -m pip --version >/dev/null 2>&1; then
        "$python" -m venv --clear --without-pip "$VENV"
        "$python" -m pip --python "$VENV/bin/python" install --quiet --disable-pip-version-check pip
    else
        want_packages "The venv of Python" "$python-venv"
        "$python" -m venv --clear "$VENV"
    fi
}

digest() {
    sha256sum | cut -c 1-64
}

# Brings .venv up to date. $1: the extras to install with the project, or nothing.
# The stamp remembers the place of .venv (scripts in it name their interpreter by its path) and what was installed.
# What was installed with more extras also serves with fewer.
want_environment() {
    local extra=${1:-} python place wanted stamped_place="" stamped="" stamped_extra=""
    python=$(find_python)
    place=$({ printf '%s\n' "$VENV"; "$python" --version; } | digest)
    wanted=$(cat -- "$ROOT/pyproject.toml" "$ROOT/packaging/constraints.txt" | digest)
    if [[ -r $STAMP ]]; then
        read -r stamped_place stamped stamped_extra <"$STAMP" || true
    fi
    if [[ $stamped_place != "$place" ]] || ! "$VENV/bin/python" -c '' 2>/dev/null; then
        make_venv "$python"
    elif [[ $stamped == "$wanted" && (-z $extra || ,$stamped_extra, == *,"$extra",*) ]]; then
        return
    fi
    say "installing ShotSift and its libraries into .venv; the first time this takes a minute or two"
    printf '%s\n' "$place" >"$STAMP"
    (
        cd -- "$ROOT" || exit
        "$VENV/bin/python" -m pip install --quiet --no-input --disable-pip-version-check \
            -c packaging/constraints.txt -e ".${extra:+[$extra]}"
    )
    printf '%s %s %s\n' "$place" "$wanted" "$extra" >"$STAMP"
}

# Prints the system libraries that the window would look for in vain, one a line.
missing_qt_libraries() {
    local qt
    qt=$("$VENV/bin/python" -c 'import pathlib, PySide6; print(pathlib.Path(PySide6.__file__).parent)')
    ldd "$qt"/QtWidgets.abi3.so "$qt"/Qt/plugins/platforms/libq{offscreen,wayland-generic,xcb}.so 2>/dev/null |
        sed -n 's/^[[:space:]]*\([^ ]*\) => not found$/\1/p' | sort -u
}

has_fonts() {
    local found
    found=$(find -L /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" "$HOME/.local/share/fonts" \
        -iname '*.[to]t[fc]' -print -quit 2>/dev/null || true)
    [[ -n $found ]]
}

# Sees to it that the window can open.
want_qt_libraries() {
    local missing
    missing=$(missing_qt_libraries)
    if [[ -n $missing ]]; then
        want_packages "What the window needs from the system ($(wc -l <<<"$missing") libraries)" "${QT_PACKAGES[@]}"
    elif ! has_fonts; then
        want_packages "A font for the window" "${QT_PACKAGES[@]}"
    fi
    missing=$(missing_qt_libraries)
    [[ -z $missing ]] || say "still missing, the window may not open:" "${missing//$'\n'/ }"
}
