package redact

// hashes is a set of hashes with open addressing. The zero value is empty.
type hashes struct {
	slots []uint64 // 0 is free; the length is a power of two
	count int
}

const (
	firstSlots = 1 << 10
	fullAt     = 4 // of five
)

// add doubles the table before it is too full to be searched quickly. 0 marks a free slot, so it is never a
// fingerprint.
func (h *hashes) add(p uint64) {
	if h.count*(fullAt+1) >= len(h.slots)*fullAt {
		old := h.slots
		h.slots, h.count = make([]uint64, max(firstSlots, 2*len(old))), 0
		for _, one := range old {
			if one != 0 {
				h.add(one)
			}
		}
	}
	if i := h.find(p); h.slots[i] == 0 {
		h.slots[i] = p
		h.count++
	}
}

func (h *hashes) has(p uint64) bool { return h.count > 0 && h.slots[h.find(p)] == p }

// find returns the slot of p, or the free one where it belongs.
func (h *hashes) find(p uint64) int {
	mask := len(h.slots) - 1
	i := int(p) & mask
	for h.slots[i] != 0 && h.slots[i] != p {
		i = (i + 1) & mask
	}
	return i
}

// all lists the hashes. The set must not be used any more.
func (h *hashes) all() []uint64 {
	list := h.slots[:0]
	for _, p := range h.slots {
		if p != 0 {
			list = append(list, p)
		}
	}
	return list
}
