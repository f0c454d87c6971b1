package pdf

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// glyphs are the tables of a font that the library follows without looking where
// they lead: a glyph made of itself ends the process, a table of characters that
// repeats itself takes all memory, and a broken outline is drawn as nothing.
type glyphs struct {
	count  int
	bounds []uint32 // of each glyph in data: from its own number to the next
	data   []byte
	costs  map[int]int // of the glyphs that were looked at, in glyphs that they are made of
}

// Limits on a glyph that is made of others.
const (
	maxGlyphDepth = 8
	maxGlyphCost  = 1000 // each part counted as often as it is used
)

var errOutline = errors.New("an outline ends within its data")

// readGlyphs reads where the glyphs are.
func readGlyphs(tables map[string][]byte) (*glyphs, error) {
	g := &glyphs{count: int(binary.BigEndian.Uint16(tables["maxp"][4:])), data: tables["glyf"], costs: map[int]int{}}
	metrics := int(binary.BigEndian.Uint16(tables["hhea"][34:]))
	if g.count == 0 || metrics > g.count || len(tables["hmtx"]) < 4*metrics+2*(g.count-metrics) {
		return nil, errors.New("its table of widths does not fit its glyphs")
	}
	loca, long := tables["loca"], binary.BigEndian.Uint16(tables["head"][50:])
	size := 2 + 2*int(long)
	if long > 1 || len(loca) < size*(g.count+1) {
		return nil, errors.New("its table of glyphs is cut off")
	}
	g.bounds = make([]uint32, g.count+1)
	for i := range g.bounds {
		if long == 1 {
			g.bounds[i] = binary.BigEndian.Uint32(loca[4*i:])
		} else {
			g.bounds[i] = 2 * uint32(binary.BigEndian.Uint16(loca[2*i:]))
		}
		if i > 0 && g.bounds[i] < g.bounds[i-1] || g.bounds[i] > uint32(len(g.data)) {
			return nil, errors.New("its table of glyphs leads out of them")
		}
	}
	return g, nil
}

// check says what is wrong with a glyph and those that it is made of.
func (g *glyphs) check(glyph int) error {
	_, err := g.cost(glyph, 0)
	return err
}

func (g *glyphs) cost(glyph, depth int) (int, error) {
	if cost, ok := g.costs[glyph]; ok {
		return cost, nil
	}
	if depth > maxGlyphDepth {
		return 0, errors.New("a glyph is made of itself, or of too many layers of others")
	}
	outline, cost := g.data[g.bounds[glyph]:g.bounds[glyph+1]], 1
	switch {
	case len(outline) == 0: // a blank
	case len(outline) < 10:
		return 0, errOutline
	case int16(binary.BigEndian.Uint16(outline)) >= 0:
		if err := checkOutline(outline); err != nil {
			return 0, err
		}
	default:
		parts, err := g.parts(outline[10:])
		if err != nil {
			return 0, err
		}
		for _, part := range parts {
			more, err := g.cost(part, depth+1)
			if cost += more; err != nil {
				return 0, err
			} else if cost > maxGlyphCost {
				return 0, fmt.Errorf("a glyph is made of more than %d others", maxGlyphCost)
			}
		}
	}
	g.costs[glyph] = cost
	return cost, nil
}

// parts lists the glyphs of which one is made.
func (g *glyphs) parts(data []byte) (parts []int, err error) {
	const words, scale, more, scaleBoth, matrix = 0x1, 0x8, 0x20, 0x40, 0x80
	for flags := more; flags&more != 0; {
		if len(data) < 4 {
			return nil, errOutline
		}
		flags = int(binary.BigEndian.Uint16(data))
		part := int(binary.BigEndian.Uint16(data[2:]))
		if part >= g.count {
			return nil, errors.New("a glyph is made of one that is not there")
		}
		parts = append(parts, part)
		size := 6
		if flags&words != 0 {
			size = 8
		}
		switch {
		case flags&scale != 0:
			size += 2
		case flags&scaleBoth != 0:
			size += 4
		case flags&matrix != 0:
			size += 8
		}
		if len(data) < size {
			return nil, errOutline
		}
		data = data[size:]
	}
	return parts, nil
}

// checkOutline follows the points of a simple glyph.
func checkOutline(data []byte) error {
	contours := int(binary.BigEndian.Uint16(data))
	at := 10 + 2*contours
	if contours == 0 {
		return nil
	}
	if len(data) < at+2 {
		return errOutline
	}
	points := 0
	for i := range contours {
		next := int(binary.BigEndian.Uint16(data[10+2*i:])) + 1
		if next <= points && i > 0 {
			return errors.New("the points of an outline are out of order")
		}
		points = next
	}
	at += 2 + int(binary.BigEndian.Uint16(data[at:])) // instructions
	coordinates := 0
	for points > 0 {
		if at >= len(data) {
			return errOutline
		}
		flag, times := data[at], 1
		if at++; flag&0x8 != 0 {
			if at >= len(data) {
				return errOutline
			}
			times += int(data[at])
			at++
		}
		if points -= times; points < 0 {
			return errors.New("an outline has more points than it says")
		}
		coordinates += times * (coordinateSize(flag>>1, flag>>4) + coordinateSize(flag>>2, flag>>5))
	}
	if at+coordinates > len(data) {
		return errOutline
	}
	return nil
}

// coordinateSize is 1 byte for a short one, and 0 for one that stays the same.
func coordinateSize(short, same byte) int {
	switch {
	case short&1 != 0:
		return 1
	case same&1 != 0:
		return 0
	}
	return 2
}

// readCharacters returns the glyph of each character, as the library finds it in a
// table of format 4, or 0.
func readCharacters(cmap []byte, start, count int) ([]uint16, error) {
	const head = 14
	bad := errors.New("its table of characters leads out of itself")
	if start+head > len(cmap) {
		return nil, bad
	}
	table := cmap[start:]
	size, segments := int(binary.BigEndian.Uint16(table[2:])), int(binary.BigEndian.Uint16(table[6:]))/2
	if len(table) < head+2+8*segments {
		return nil, bad
	}
	glyphs, total := make([]uint16, 1<<16), 0
	for s := range segments {
		word := func(column int) int {
			at := head + 2*s + 2*column*segments
			if column > 0 {
				at += 2 // a word of padding
			}
			return int(binary.BigEndian.Uint16(table[at:]))
		}
		end, begin, delta, offset := word(0), word(1), word(2), word(3)
		if total += max(0, end-begin+1); total > len(glyphs) {
			return nil, errors.New("its table of characters names some several times")
		}
		for c := begin; c <= end; c++ {
			glyph := (c + delta) & 0xffff
			if offset != 0 {
				at := head + 2 + 6*segments + 2*s + offset + 2*(c-begin)
				switch {
				case at >= size:
					glyph = 0
				case at+2 > len(table):
					return nil, bad
				default:
					if glyph = int(binary.BigEndian.Uint16(table[at:])); glyph != 0 {
						glyph = (glyph + delta) & 0xffff
					}
				}
			}
			if glyph >= count {
				glyph = 0
			}
			glyphs[c] = uint16(glyph)
		}
	}
	return glyphs, nil
}
