// Package verify looks for secrets in what a run has written. It is the check behind --verify-redaction and shares
// nothing with the code that finds and masks secrets: it has a list of its own with every secret that the run ever knew,
// takes reports apart by their formats, and decodes their values by its own means.
package verify

import (
	"encoding/binary"
	"fmt"
	"hash/maphash"
	"io"
	"strings"
	"sync"
)

// A File keeps what a Ledger has no room for in memory. Only hashes are written to it.
type File interface {
	io.Writer
	io.ReaderAt
}

// The sizes of values in bytes: shorter ones are masked only where they are a whole value,
// which nothing but the place says, and are not looked for; from decoded on they are looked
// for in decoded texts too.
const (
	shortest = 6
	decoded  = 8
)

// A Ledger is every secret that a run ever knew, as hashes. NewLedger makes one; it is safe
// for concurrent use.
type Ledger struct {
	mu      sync.Mutex
	seed    maphash.Seed
	entries []entry // those that are not in the file
	// Hashes of the values in memory, so that one that is learnt again makes no second entry.
	seen  map[uint64]bool
	names []string
	// The number of each name.
	numbers map[string]uint32
	open    func() (File, error)
	file    File
	blocks  int // in the file
	err     error
	most    int    // entries in memory
	index   *index // of the entries in memory
}

// An entry is a secret: hashes and its length. No value is kept, so that neither a dump of
// the memory nor the file gives one away.
type entry struct {
	first uint64 // of its first bytes
	full  uint64
	size  uint32
	name  uint32
}

const (
	entrySize = 24      // bytes in the file
	mostEntry = 1 << 17 // entries in memory: some 10 MB with what finds them
)

// NewLedger returns an empty Ledger. open makes the file for what a long run has beyond some
// megabytes; nil keeps all in memory. The caller closes and deletes the file.
func NewLedger(open func() (File, error)) *Ledger {
	l := &Ledger{seed: maphash.MakeSeed(), seen: map[uint64]bool{}, numbers: map[string]uint32{}, open: open, most: mostEntry}
	l.index = newIndex(l.seed, nil, nil)
	return l
}

// Learn adds a secret under a name for messages. Words that reports consist of, and values
// that are too short to be looked for, are left out. An error of the file is kept for Report.
func (l *Ledger) Learn(name, value string) {
	value = strings.TrimSpace(value)
	if len(value) < shortest || syntax(value) {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, form := range append([]string{value}, undecodable(value)...) {
		l.enter(name, form)
	}
	if len(l.entries) >= l.most && l.open != nil && l.err == nil {
		l.err = l.spill()
	}
}

// enter makes the entry of one form of a value. The caller holds the lock.
func (l *Ledger) enter(name, value string) {
	full := maphash.String(l.seed, value)
	if len(value) < shortest || l.seen[full] {
		return
	}
	l.seen[full] = true
	number, ok := l.numbers[name]
	if !ok {
		number = uint32(len(l.names))
		l.names, l.numbers[name] = append(l.names, name), number
	}
	e := entry{first: first(value), full: full, size: uint32(len(value)), name: number}
	l.entries = append(l.entries, e)
	l.index.names = l.names
	l.index.add(e)
}

// spill moves the entries in memory to the file, as a block of l.most entries. The caller
// holds the lock.
func (l *Ledger) spill() error {
	if l.file == nil {
		file, err := l.open()
		if err != nil {
			return fmt.Errorf("making a file for the check of secrets: %w", err)
		}
		l.file = file
	}
	data := make([]byte, 0, entrySize*l.most)
	for _, e := range l.entries[:l.most] {
		data = binary.LittleEndian.AppendUint64(data, e.first)
		data = binary.LittleEndian.AppendUint64(data, e.full)
		data = binary.LittleEndian.AppendUint32(data, e.size)
		data = binary.LittleEndian.AppendUint32(data, e.name)
	}
	if _, err := l.file.Write(data); err != nil {
		return fmt.Errorf("writing the file for the check of secrets: %w", err)
	}
	l.blocks++
	rest := l.entries[l.most:]
	l.entries, l.seen, l.index = nil, map[uint64]bool{}, newIndex(l.seed, rest, l.names)
	l.entries = append(l.entries, rest...)
	return nil
}

// indexes yields an index of each block of entries, and of those in memory. It holds the lock
// meanwhile: it is for the end of a run.
func (l *Ledger) indexes(yield func(*index) bool) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return l.err
	}
	for block := range l.blocks {
		data := make([]byte, entrySize*l.most)
		if _, err := l.file.ReadAt(data, int64(block*len(data))); err != nil {
			return fmt.Errorf("reading the file for the check of secrets: %w", err)
		}
		list := make([]entry, l.most)
		for i := range list {
			d := data[i*entrySize:]
			list[i] = entry{
				first: binary.LittleEndian.Uint64(d), full: binary.LittleEndian.Uint64(d[8:]),
				size: binary.LittleEndian.Uint32(d[16:]), name: binary.LittleEndian.Uint32(d[20:]),
			}
		}
		if !yield(newIndex(l.seed, list, l.names)) {
			return nil
		}
	}
	yield(l.index)
	return nil
}

// Text looks through a text that is being written, such as a part of what goes to the
// terminal, for the secrets that are in memory. It returns the name of the first that it
// finds, "" for none. Those in the file are not looked for: that would read it for each line.
func (l *Ledger) Text(text string) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.index.look(text)
}
