package picture

import "image"

// Places in the first chunk of a PNG, which always comes first.
const pngDepth, pngInterlace = 24, 28

// Markers of JPEG: the frame of a progressive one.
const startOfProgressive = 0xc2

// cost is how many bytes the pixels of a picture take while it is read. Channels
// of 16 bits take two bytes, an interlaced PNG has as many pixels once more on the
// way, and a progressive JPEG four bytes for each value until its last layer.
func cost(kind string, data []byte, config image.Config) int64 {
	pixels := int64(config.Width) * int64(config.Height)
	if kind == "png" {
		bytes := int64(4)
		if data[pngDepth] == 16 {
			bytes = 8
		}
		if data[pngInterlace] != 0 {
			bytes *= 2
		}
		return pixels * bytes
	}
	return max(pixels*4, pixels*5*progressiveValues(data)/64)
}

// manner says how, after "stored".
func manner(kind string, data []byte) string {
	switch {
	case kind == "jpeg":
		return "progressively"
	case data[pngInterlace] != 0 && data[pngDepth] == 16:
		return "interlaced with 16 bits a channel"
	case data[pngInterlace] != 0:
		return "interlaced"
	}
	return "with 16 bits a channel"
}

// progressiveValues returns how many values a progressive JPEG has for 64 pixels:
// one for each pixel and channel, or fewer where a channel is coarser. For other
// JPEGs it returns 0.
func progressiveValues(data []byte) (values int64) {
	segments(data, func(s segment) {
		if s.marker != startOfProgressive || len(s.data) < 6 || values > 0 {
			return
		}
		var most, sum int64
		for c := s.data[6:]; len(c) >= 3; c = c[3:] {
			across, down := int64(c[1]>>4), int64(c[1]&15)
			most, sum = max(most, across*down), sum+across*down
		}
		if most > 0 {
			values = sum * 64 / most
		}
	})
	return values
}
