package source

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"
)

// PagePattern matches the address of a page that a report may link: https with a
// host, a port at most, and a path. The host is in ASCII, so that one in other letters
// stands there as xn--..., as it is called: letters that look alike deceive nobody.
// Who is asked for a name and a password, and what runs or leads to a file, is none.
const PagePattern = `^https://` + pageHost + `([/?#][^` + noPage + `]*)?$`

const pageHost = pageLabel + `(\.` + pageLabel + `)*(:` + pagePort + `)?`

const pageLabel = `[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?`

// From 1 to 65535.
const pagePort = `([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])`

// Blanks of all scripts, what cannot be seen, and what ends a link in some format.
const noPage = `\x00-\x20\x7f-\xa0` + "\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff" + `"<>\\`

// MaxPage is the most characters that such an address has: what spreadsheets open.
const MaxPage = 2000

var (
	pagePattern = regexp.MustCompile(PagePattern)
	hostPattern = regexp.MustCompile(`^` + pageHost + `$`)
	hostAndPort = regexp.MustCompile(`^` + pageLabel + `(\.` + pageLabel + `)*:[^:]*$`)
	goodPort    = regexp.MustCompile(`:` + pagePort + `$`)
	badPercent  = regexp.MustCompile(`%([^0-9A-Fa-f]|$|[0-9A-Fa-f]([^0-9A-Fa-f]|$))`)
)

// IsPage reports whether every report can link this address.
func IsPage(address string) bool {
	if !matchesPage(address) {
		return false
	}
	u, err := url.Parse(address)
	return err == nil && len(u.String()) <= MaxPage
}

// matchesPage reports whether the pattern of pages matches. It takes long over each
// character, so that of a plain path it sees the host alone.
func matchesPage(address string) bool {
	host, secure := strings.CutPrefix(address, "https://")
	i := strings.IndexAny(host, "/?#")
	if !secure || i < 0 || strings.ContainsFunc(host[i:], func(c rune) bool { return c <= ' ' || c > '~' || strings.ContainsRune(`"<>\`, c) }) {
		return pagePattern.MatchString(address)
	}
	return hostPattern.MatchString(host[:i])
}

// PageHost returns the host of such an address, with its port, or "".
func PageHost(address string) string {
	if !IsPage(address) {
		return ""
	}
	host := strings.TrimPrefix(address, "https://")
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	return host
}

// PageHint says what to write in the place of an address that is no page.
func PageHint(address string) string {
	rest, secure := strings.CutPrefix(address, "https://")
	host := rest
	if i := strings.IndexAny(host, `/?#\`); i >= 0 {
		host = host[:i]
	}
	switch {
	case strings.HasPrefix(strings.ToLower(address), "https://") && !secure:
		return "write https:// in small letters"
	case !secure:
		return "write the whole address, which begins with https:// and a host"
	case utf8.RuneCountInString(address) > MaxPage/2:
		return fmt.Sprintf("write an address of at most %d characters", MaxPage)
	case host == "":
		return "name the host behind https://"
	case strings.Contains(host, "@"):
		return "leave out the name and the password before the @"
	case strings.ContainsFunc(host, func(c rune) bool { return c >= 0x80 }):
		return "write the host in ASCII, as xn--..."
	case strings.ContainsAny(address, " \t\n"):
		return "write no blanks in it; a blank of an address is %20"
	case hostAndPort.MatchString(host) && !goodPort.MatchString(host):
		return "write a port from 1 to 65535 behind the colon, or leave the colon out"
	case pagePattern.MatchString(address) && badPercent.MatchString(address):
		return "write two hexadecimal digits behind each %; %25 is a percent sign"
	}
	return "write host and path in letters that can be seen, without blanks, quotes, < > and \\"
}
