package redact

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
)

// A File is where a Set keeps fingerprints that it has no room for in memory.
type File interface {
	io.Writer
	io.ReaderAt
}

// A sortedFile is a file of sorted hashes, with the first of each block and a filter in memory.
type sortedFile struct {
	file   File
	count  int
	first  []uint64 // of each block
	filter []uint64 // a bit for each hash, by its upper bits: most that are not in the file are told by it
	shift  uint     // what leaves the upper bits that filter is looked up by
}

const (
	hashSize  = 8
	blockSize = 512 // hashes that are read at once
)

// writeSorted sorts list and writes it to a new file.
func writeSorted(list []uint64, open func() (File, error)) (*sortedFile, error) {
	file, err := open()
	if err != nil {
		return nil, fmt.Errorf("making a file for fingerprints of secrets: %w", err)
	}
	slices.Sort(list)
	const bitsEach = 8
	f := &sortedFile{file: file, count: len(list), shift: 64}
	for size := 1; size < bitsEach*len(list); size *= 2 {
		f.shift--
	}
	f.filter = make([]uint64, max(1, (1<<(64-f.shift))/64))
	buffer := make([]byte, 0, blockSize*hashSize)
	for i, p := range list {
		if i%blockSize == 0 {
			f.first = append(f.first, p)
		}
		f.filter[p>>f.shift/64] |= 1 << (p >> f.shift % 64)
		buffer = binary.LittleEndian.AppendUint64(buffer, p)
		if len(buffer) == cap(buffer) || i == len(list)-1 {
			if _, err := file.Write(buffer); err != nil {
				return nil, fmt.Errorf("writing fingerprints of secrets: %w", err)
			}
			buffer = buffer[:0]
		}
	}
	return f, nil
}

// has reports whether p is in the file. A file that cannot be read has everything: better one word too many is masked
// than a secret shown.
func (f *sortedFile) has(p uint64) bool {
	if f.filter[p>>f.shift/64]&(1<<(p>>f.shift%64)) == 0 {
		return false
	}
	block := sort.Search(len(f.first), func(i int) bool { return f.first[i] > p }) - 1
	if block < 0 {
		return false
	}
	n := min(blockSize, f.count-block*blockSize)
	data := make([]byte, n*hashSize)
	if _, err := f.file.ReadAt(data, int64(block*blockSize*hashSize)); err != nil && !errors.Is(err, io.EOF) {
		return true
	}
	at := func(i int) uint64 { return binary.LittleEndian.Uint64(data[i*hashSize:]) }
	i := sort.Search(n, func(i int) bool { return at(i) >= p })
	return i < n && at(i) == p
}
