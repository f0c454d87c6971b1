package main

import (
	"runtime/debug"
	"testing"
)

func TestVersionText(t *testing.T) {
	vcs := func(revision, modified string) []debug.BuildSetting {
		return []debug.BuildSetting{{Key: "GOOS", Value: "linux"}, {Key: "vcs", Value: "git"}, {Key: "vcs.revision", Value: revision},
			{Key: "vcs.time", Value: "2026-11-22T10:00:00Z"}, {Key: "vcs.modified", Value: modified}}
	}
	const full = "0123456789abcdef0123456789abcdef01234567"
	for _, c := range []struct {
		name string
		info *debug.BuildInfo
		want string
	}{
		{"no build information", nil, "unknown revision"},
		{"go run, go test", &debug.BuildInfo{Main: debug.Module{Path: "raci", Version: "(devel)"}}, "unknown revision"},
		{"a build outside of a clone", &debug.BuildInfo{Settings: []debug.BuildSetting{{Key: "GOOS", Value: "linux"}}}, "unknown revision"},
		{"a clean clone", &debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20261122100000-0123456789ab"}, Settings: vcs(full, "false")}, "revision 0123456789ab"},
		{"a changed clone", &debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20261122100000-0123456789ab+dirty"}, Settings: vcs(full, "true")}, "revision 0123456789ab with changes"},
		{"a short revision", &debug.BuildInfo{Settings: vcs("42", "false")}, "revision 42"},
		{"go install", &debug.BuildInfo{Main: debug.Module{Path: "raci", Version: "v0.2.0"}}, "module v0.2.0"},
	} {
		if got, want := versionText(c.info), version+", "+c.want; got != want {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
	}
}
