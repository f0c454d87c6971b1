package oscal

import (
	"net/url"
	"testing"
)

// TestUUIDV5 takes its example from RFC 9562, appendix A.4.
func TestUUIDV5(t *testing.T) {
	dns := uuid{0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}
	if got, want := uuidV5(dns, "www.example.com").String(), "2ed6657d-e927-568b-95e1-2665a8aea6a2"; got != want {
		t.Errorf("uuidV5 = %s, want %s", got, want)
	}
}

// TestNamespace keeps the namespace: a change of it changes all UUIDs of all
// documents that were ever written.
func TestNamespace(t *testing.T) {
	if got, want := namespace.String(), "cd54cd17-60c2-5baf-adef-1e7d0687cdc5"; got != want {
		t.Errorf("the namespace is %s, want %s", got, want)
	}
}

// TestNewUUID distinguishes parts that are the same when joined.
func TestNewUUID(t *testing.T) {
	if newUUID(namespace, "a", "bc") == newUUID(namespace, "ab", "c") {
		t.Error("different names have the same UUID")
	}
}

// TestPropertyNamespace: compliance-trestle takes nothing for a URI that names no
// host.
func TestPropertyNamespace(t *testing.T) {
	if u, err := url.Parse(NS); err != nil || u.Scheme == "" || u.Host == "" {
		t.Errorf("%s is %+v (%v)", NS, u, err)
	}
}
