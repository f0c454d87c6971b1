package oscal

import (
	"crypto/sha1"
	"encoding/hex"
	"strings"
)

// NS is the namespace of the properties that are raci's own, not OSCAL's. Some
// readers take nothing for a URI that has no //, so it is no URN.
const NS = "raci://matrix/v1"

// uuid is a UUID of RFC 9562 in its 16 bytes.
type uuid [16]byte

// namespaceURL is the namespace of URLs and URNs of RFC 9562, section 6.6.
var namespaceURL = uuid{0x6b, 0xa7, 0xb8, 0x11, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8}

// namespace is that of all UUIDs of the documents. To change it is to change
// every UUID that readers of older documents know.
var namespace = uuidV5(namespaceURL, "urn:raci:matrix:v1")

// uuidV5 makes the UUID of a name in a namespace: RFC 9562, section 5.5.
func uuidV5(space uuid, name string) uuid {
	sum := sha1.Sum(append(space[:], name...))
	u := uuid(sum[:len(uuid{})])
	u[6] = u[6]&0x0f | 0x50
	u[8] = u[8]&0x3f | 0x80
	return u
}

func (u uuid) String() string {
	s := make([]byte, 0, 36)
	for i, part := range [][]byte{u[:4], u[4:6], u[6:8], u[8:10], u[10:]} {
		if i > 0 {
			s = append(s, '-')
		}
		s = hex.AppendEncode(s, part)
	}
	return string(s)
}

// newUUID returns the UUID of a name of several parts. Different parts give
// different UUIDs, also where they are the same one after the other.
func newUUID(space uuid, parts ...string) string {
	return uuidV5(space, strings.Join(parts, "\x00")).String()
}
