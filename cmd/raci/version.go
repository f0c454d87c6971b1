package main

import (
	"runtime/debug"
	"slices"
)

// version of the program; the catalog has its own. Reports and findings print
// no more of it than this, so that their bytes do not depend on the build.
const version = "0.1.0"

// versionText is the version with what the program was built from: the revision
// of a clone, or the version of the module that was installed. What is not
// known of the build is nil.
func versionText(info *debug.BuildInfo) string {
	if info == nil {
		return version + ", unknown revision"
	}
	revision := setting(info, "vcs.revision")
	switch {
	case revision != "" && setting(info, "vcs.modified") == "true":
		return version + ", revision " + shortRevision(revision) + " with changes"
	case revision != "":
		return version + ", revision " + shortRevision(revision)
	case info.Main.Version != "" && info.Main.Version != "(devel)":
		return version + ", module " + info.Main.Version
	}
	return version + ", unknown revision"
}

func setting(info *debug.BuildInfo, key string) string {
	i := slices.IndexFunc(info.Settings, func(s debug.BuildSetting) bool { return s.Key == key })
	if i < 0 {
		return ""
	}
	return info.Settings[i].Value
}

// shortRevision is as much of a revision as Git needs to find it.
func shortRevision(revision string) string { return revision[:min(len(revision), 12)] }

// buildInfo is what the linker knows of the program, or nil.
func buildInfo() *debug.BuildInfo {
	info, _ := debug.ReadBuildInfo()
	return info
}
