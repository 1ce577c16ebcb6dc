package localdb

import (
	"bufio"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
)

// missing is the error for a search that saw only unusable programs.
func missing(dir string, want int, seen []Programs) error {
	var versions []string
	for _, p := range seen {
		versions = append(versions, fmt.Sprintf("%d in %s", p.Major, p.Bin))
	}
	slices.Sort(versions)
	found := ""
	if len(versions) > 0 {
		found = " (found: " + strings.Join(slices.Compact(versions), ", ") + ")"
	}
	install := installCommand(want)
	if want != 0 {
		return failf(ErrVersion, "the data in %s is of PostgreSQL %d, which is not installed%s; install it with: %s; nothing was changed", dir, want, found, install)
	}
	return failf(ErrNoPostgres, "Rancak brings up its own database and needs the programs of PostgreSQL %d or newer, but there are none%s; install them with: %s", minMajor, found, install)
}

// osRelease is what /etc/os-release tells of the distribution.
type osRelease struct {
	ids     []string // ID, then ID_LIKE
	version string
}

func readOSRelease(path string) osRelease {
	var r osRelease
	f, err := os.Open(path)
	if err != nil {
		return r
	}
	defer f.Close()
	var like []string
	for in := bufio.NewScanner(f); in.Scan(); {
		key, value, _ := strings.Cut(in.Text(), "=")
		value = strings.Trim(value, `"'`)
		switch key {
		case "ID":
			r.ids = append([]string{value}, r.ids...)
		case "ID_LIKE":
			like = strings.Fields(value)
		case "VERSION_ID":
			r.version = value
		}
	}
	r.ids = append(r.ids, like...)
	return r
}

// installCommand is the one command that brings PostgreSQL of the major
// version want (0: any usable one) to this system.
func installCommand(want int) string {
	return commandFor(runtime.GOOS, readOSRelease("/etc/os-release"), want)
}

func commandFor(goos string, r osRelease, want int) string {
	if goos == "darwin" {
		if want == 0 {
			want = 17
		}
		return fmt.Sprintf("brew install postgresql@%d", want)
	}
	suffix := ""
	if want != 0 {
		suffix = fmt.Sprint(want)
	}
	for _, id := range r.ids {
		switch id {
		case "debian", "ubuntu":
			if want == 0 {
				return "sudo apt-get install postgresql"
			}
			return "sudo apt-get install postgresql-" + suffix
		case "fedora":
			return "sudo dnf install postgresql" + suffix + "-server"
		case "rhel", "centos":
			// The default stream of releases 8 and 9 is older than 15.
			if strings.HasPrefix(r.version, "8") || strings.HasPrefix(r.version, "9") {
				if want == 0 {
					suffix = "16"
				}
				return "sudo dnf module install postgresql:" + suffix + "/server"
			}
			return "sudo dnf install postgresql" + suffix + "-server"
		case "alpine":
			if want == 0 {
				suffix = "17"
			}
			return "apk add postgresql" + suffix
		case "arch":
			return "sudo pacman -S postgresql"
		case "suse", "opensuse":
			return "sudo zypper install postgresql" + suffix + "-server"
		}
	}
	return "the package manager of this system (package postgresql), or with npm at hand: make run"
}
