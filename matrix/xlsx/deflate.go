package xlsx

import (
	"cmp"
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

// packer compresses into one stream after another: one block of text while the next
// one is written.
type packer struct {
	to      *stream
	deflate *flate.Writer
	text    []byte // of the block that is not full
	spare   []byte // of the block before
	packing sync.WaitGroup
	err     error // of the blocks so far
}

// blockSize is large enough for what it takes to hand a block over not to count.
const blockSize = 64 << 10

// compressors are not in use: to make one takes over a megabyte. Level 5 packs as
// tight as zlib's usual level, in a third of its time.
var compressors = sync.Pool{New: func() any {
	w, _ := flate.NewWriter(nil, 5) // the level is valid
	return w
}}

func newPacker() *packer {
	return &packer{deflate: compressors.Get().(*flate.Writer), text: make([]byte, 0, blockSize), spare: make([]byte, 0, blockSize)}
}

// release gives the compressor to the next one who needs it.
func (p *packer) release() {
	p.packing.Wait()
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
	for rest := text; len(rest) > 0; {
		n := min(len(rest), cap(p.text)-len(p.text))
		p.text, rest = append(p.text, rest[:n]...), rest[n:]
		if len(p.text) == cap(p.text) {
			p.packing.Wait() // for the block before, which has the other half of the memory
			block := p.text
			p.packing.Go(func() { p.compress(block) })
			p.text, p.spare = p.spare[:0], block
		}
	}
	return len(text), nil
}

// compress compresses a block.
func (p *packer) compress(block []byte) {
	p.to.crc = crc32.Update(p.to.crc, crc32.IEEETable, block)
	p.to.size += uint64(len(block))
	if _, err := p.deflate.Write(block); err != nil && p.err == nil {
		p.err = err
	}
}

// finish compresses all that was written.
func (p *packer) finish() error {
	p.packing.Wait()
	p.compress(p.text)
	p.text = p.text[:0]
	return p.err
}

// flush ends a stream after which others follow.
func (p *packer) flush() error { return cmp.Or(p.finish(), p.deflate.Flush()) }

// close ends the last stream of a part.
func (p *packer) close() error { return cmp.Or(p.finish(), p.deflate.Close()) }

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
