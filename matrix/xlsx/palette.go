package xlsx

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// palette is the colours of headings.
type palette struct {
	head, onHead string // heading rows
	group        string // headings of groups
	text         string // titles, also on group
}

// readable is the least contrast between text and what it stands on.
const readable = 4.5

// newPalette returns the colours that go with one, which reads #1F3A5F or is
// empty. Text stays readable on any colour.
func newPalette(color string) palette {
	value, err := strconv.ParseUint(strings.TrimPrefix(color, "#"), 16, 24)
	if err != nil {
		return palette{head: navy, onHead: white, group: groupBlue, text: navy}
	}
	head := rgb(value)
	p := palette{head: head.String(), onHead: white, group: head.mix(parseHex(white), 0.86).String()}
	if contrast(head, parseHex(white)) < readable {
		p.onHead = ink
	}
	for contrast(head, parseHex(p.onHead)) < readable { // between the two: neither can be read
		head = head.mix(parseHex(white), 0.05)
		p.head = head.String()
	}
	text := rgb(value)
	for contrast(text, parseHex(p.group)) < readable {
		text = text.mix(rgb(0), 0.1)
	}
	p.text = text.String()
	return p
}

// rgb is a colour as 0xRRGGBB.
type rgb uint32

func parseHex(s string) rgb {
	v, _ := strconv.ParseUint(s, 16, 24) // of the constants of this package
	return rgb(v)
}

func (c rgb) String() string { return fmt.Sprintf("%06X", uint32(c)) }

// mix returns c with a share of o.
func (c rgb) mix(o rgb, share float64) rgb {
	var out rgb
	for shift := 0; shift <= 16; shift += 8 {
		x, y := float64(c>>shift&0xFF), float64(o>>shift&0xFF)
		out |= rgb(math.Round(x+(y-x)*share)) << shift
	}
	return out
}

// luminance is how light a colour is, by the definition of WCAG.
func (c rgb) luminance() float64 {
	channel := func(v rgb) float64 {
		s := float64(v&0xFF) / 255
		if s <= 0.03928 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*channel(c>>16) + 0.7152*channel(c>>8) + 0.0722*channel(c)
}

// contrast is the ratio between the luminances of two colours.
func contrast(a, b rgb) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}
