package picture

import (
	"bytes"
	"encoding/binary"
)

// maxScans bounds the layers of a progressive JPEG: each is cheap to write and
// costs a walk over the whole picture. Encoders write about ten.
const maxScans = 30

// segment is a part of a JPEG with the byte that says what it is.
type segment struct {
	marker byte
	data   []byte
}

const startOfScan, endOfImage, appOne = 0xda, 0xd9, 0xe1

// segments calls do for each part of a JPEG, up to its end or what is none.
func segments(data []byte, do func(segment)) {
	for at := 2; at+4 <= len(data); {
		marker := data[at+1]
		switch {
		case data[at] != 0xff: // the picture itself, behind the head of a scan
			at++
			continue
		case marker == 0xff:
			at++
			continue
		case marker == 0 || marker >= 0xd0 && marker <= 0xd7 || marker == 1:
			at += 2
			continue
		case marker == endOfImage:
			return
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end > len(data) || end < at+4 {
			return
		}
		do(segment{marker, data[at+4 : end]})
		at = end
	}
}

func scans(data []byte) (n int) {
	segments(data, func(s segment) {
		if s.marker == startOfScan {
			n++
		}
	})
	return n
}

// orientation returns how the camera was held, or 1.
func orientation(kind string, data []byte) int {
	exif := pngExif(data)
	if kind == "jpeg" {
		exif = jpegExif(data)
	}
	return exifOrientation(exif)
}

func jpegExif(data []byte) (exif []byte) {
	segments(data, func(s segment) {
		if rest, ok := bytes.CutPrefix(s.data, []byte("Exif\x00\x00")); ok && s.marker == appOne && exif == nil {
			exif = rest
		}
	})
	return exif
}

func pngExif(data []byte) []byte {
	for at := 8; at+12 <= len(data); {
		size := int64(binary.BigEndian.Uint32(data[at:]))
		if int64(at)+12+size > int64(len(data)) {
			return nil
		}
		body := data[at+8 : at+8+int(size)]
		switch string(data[at+4 : at+8]) {
		case "eXIf":
			return body
		case "IEND":
			return nil
		}
		at += 12 + int(size)
	}
	return nil
}

// exifOrientation reads the one value that counts out of the first directory.
func exifOrientation(exif []byte) int {
	var order binary.ByteOrder = binary.BigEndian
	if len(exif) < 8 {
		return 1
	} else if string(exif[:2]) == "II" {
		order = binary.LittleEndian
	}
	at := int64(order.Uint32(exif[4:]))
	if at+2 > int64(len(exif)) {
		return 1
	}
	const tagOrientation, short = 0x0112, 3
	entries := exif[at+2:]
	for range order.Uint16(exif[at:]) {
		if len(entries) < 12 {
			break
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == short {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}
