package lodash

func (s scanner) isTone(i int) bool {
	return s.at(i) == 0xd83c && s.at(i+1) >= 0xdffb && s.at(i+1) <= 0xdfff
}

func (s scanner) isRegion(i int) bool {
	return s.at(i) == 0xd83c && s.at(i+1) >= 0xdde6 && s.at(i+1) <= 0xddff
}

func (s scanner) isPair(i int) bool {
	return s.at(i) >= 0xd800 && s.at(i) <= 0xdbff && s.at(i+1) >= 0xdc00 && s.at(i+1) <= 0xdfff
}

// emoji is a dingbat, flag or pair of surrogates with all that is joined to it.
func (s scanner) emoji(i int) int {
	switch {
	case isDingbat(s.at(i)):
		i++
	case s.isRegion(i) && s.isRegion(i+2):
		i += 4
	case s.isPair(i):
		i += 2
	default:
		return -1
	}
	i = s.modified(i)
	for s.at(i) == 0x200d {
		next := s.at(i + 1)
		switch {
		case next < 0:
			return i
		case next < 0xd800 || next > 0xdfff:
			i = s.modified(i + 2)
		case s.isRegion(i+1) && s.isRegion(i+3):
			i = s.modified(i + 5)
		case s.isPair(i + 1):
			i = s.modified(i + 3)
		default:
			return i
		}
	}
	return i
}

// modified goes past a variation selector, and a mark or a tone of skin.
func (s scanner) modified(i int) int {
	if c := s.at(i); c == 0xfe0e || c == 0xfe0f {
		i++
	}
	switch c := s.at(i); {
	case c >= 0 && isMark(uint16(c)):
		return i + 1
	case s.isTone(i):
		return i + 2
	}
	return i
}
