package pdf

import (
	"math"
	"strconv"
	"strings"

	"raci/matrix"
)

// look is what the manifest says about paper and colour.
type look struct {
	paper                 string // in the library's words
	pageWidth, pageHeight float64
	textWidth             float64 // between the margins
	bottom                float64 // the footer is below
	accent                rgb     // of headings: white text on it and itself on white can be read
	accentRule            rgb     // between the titles of columns
	accentTint            rgb     // of the headings of groups
}

func newLook(r matrix.Appearance) look {
	k := look{paper: "A4", pageWidth: 841.89, pageHeight: 595.28, accent: navy, accentRule: headRule, accentTint: groupBar}
	if r.Paper == matrix.PaperLetter {
		k.paper, k.pageWidth, k.pageHeight = "Letter", 792, 612
	}
	k.textWidth, k.bottom = k.pageWidth-2*margin, k.pageHeight-42
	n, err := strconv.ParseUint(strings.TrimPrefix(r.Color, "#"), 16, 24)
	if c := rgb(n); err == nil && len(r.Color) == len("#1F3A5F") && c != navy {
		c = darkened(c)
		k.accent, k.accentRule, k.accentTint = c, mix(c, white, 0.25), mix(c, white, 0.86)
	}
	return k
}

// darkened returns the colour, or a darker one of its hue on which white text
// can be read.
func darkened(c rgb) rgb {
	const least = 6 // to 1; what is read on the tint keeps 4.5
	for contrast(c, white) < least {
		c = mix(c, 0x000000, 0.06)
	}
	return max(c, 1) // black, but not no colour
}

// mix returns a colour that is so much of the other.
func mix(c, other rgb, part float64) rgb {
	at := func(shift int) rgb {
		a, b := float64(c>>shift&0xff), float64(other>>shift&0xff)
		return rgb(math.Floor(a+(b-a)*part)) << shift
	}
	return at(16) | at(8) | at(0)
}

// contrast is the contrast of two colours as WCAG 2 has it: 1 to 21.
func contrast(a, b rgb) float64 {
	la, lb := luminance(a), luminance(b)
	return (max(la, lb) + 0.05) / (min(la, lb) + 0.05)
}

func luminance(c rgb) float64 {
	at := func(shift int) float64 {
		v := float64(c>>shift&0xff) / 255
		if v <= 0.03928 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*at(16) + 0.7152*at(8) + 0.0722*at(0)
}
