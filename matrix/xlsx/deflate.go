package xlsx

import (
	"hash/crc32"
	"sync"

	"github.com/klauspost/compress/flate"
)

// stream is compressed text. Streams that were ended by flush can be put one
// after another, and one that was closed after them.
type stream struct {
	chunks [][]byte // full but for the last
	packed uint64   // bytes
	size   uint64   // of the text
	crc    uint32   // of the text
}

// chunkSize is that of the largest chunks. They keep a stream from being copied as
// it grows.
const chunkSize = 256 << 10

// Write keeps p, which is compressed already.
func (s *stream) Write(p []byte) (int, error) {
	s.packed += uint64(len(p))
	for rest := p; len(rest) > 0; {
		last := len(s.chunks) - 1
		if last < 0 || len(s.chunks[last]) == cap(s.chunks[last]) {
			n := 1 << 10 // most parts of a workbook are small
			if last >= 0 {
				n = min(4*cap(s.chunks[last]), chunkSize)
			}
			s.chunks = append(s.chunks, make([]byte, 0, n))
			last++
		}
		n := min(len(rest), cap(s.chunks[last])-len(s.chunks[last]))
		s.chunks[last] = append(s.chunks[last], rest[:n]...)
		rest = rest[n:]
	}
	return len(p), nil
}

// append puts the text of o after that of s.
func (s *stream) append(o *stream) {
	s.chunks = append(s.chunks, o.chunks...)
	s.packed += o.packed
	s.size += o.size
	s.crc = joinCRC(s.crc, o.crc, o.size)
}

// packer compresses into one stream after another.
type packer struct {
	to      *stream
	deflate *flate.Writer
}

// compressors are not in use: to make one takes over a megabyte. Level 5 packs as
// tight as zlib's usual level, in a third of its time.
var compressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, 5) // the level is valid
	return w
}}

func newPacker() *packer { return &packer{deflate: compressors.Get().(*flate.Writer)} }

// release gives the compressor to the next one who needs it.
func (p *packer) release() {
	p.deflate.Reset(nil)
	compressors.Put(p.deflate)
	p.deflate = nil
}

// begin makes s the stream that is written to.
func (p *packer) begin(s *stream) {
	p.to = s
	p.deflate.Reset(s)
}

// Write compresses text.
func (p *packer) Write(text []byte) (int, error) {
	p.to.crc = crc32.Update(p.to.crc, crc32.IEEETable, text)
	p.to.size += uint64(len(text))
	return p.deflate.Write(text)
}

// flush ends a stream after which others follow.
func (p *packer) flush() error { return p.deflate.Flush() }

// close ends the last stream of a part.
func (p *packer) close() error { return p.deflate.Close() }

// joinCRC returns the CRC-32 of two texts one after the other: first and
// second are theirs, size is the length of the second. A text of n bytes
// behind another multiplies the other's polynomial by x to the power of 8n.
func joinCRC(first, second uint32, size uint64) uint32 {
	power, square := uint32(1)<<31, uint32(1)<<23 // x^0 and x^8, lowest power first
	for ; size > 0; size >>= 1 {
		if size&1 != 0 {
			power = multiply(square, power)
		}
		square = multiply(square, square)
	}
	return multiply(power, first) ^ second
}

// multiply returns the product of two polynomials, modulo that of CRC-32.
func multiply(a, b uint32) uint32 {
	var product uint32
	for bit := uint32(1) << 31; bit > 0; bit >>= 1 {
		if a&bit != 0 {
			product ^= b
		}
		if b&1 != 0 {
			b = b>>1 ^ crc32.IEEE
		} else {
			b >>= 1
		}
	}
	return product
}
