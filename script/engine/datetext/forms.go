package datetext

import "math"

// How far the standard's form was read.
const (
	standardNot   = iota // the rest is for the other forms
	standardDone         // all of it
	standardWrong        // it has the letter before a time, and no time behind it
)

// standard reads [-+]yyyyyy-MM-DDTHH:mm:ss.sssZ and its shorter forms.
func (p *textParser) standard() int {
	if s := sign(p.peek()); s != 0 {
		p.i++
		year, ok := p.fixed(6, 0, math.MaxInt32)
		if !ok || s < 0 && year == 0 {
			p.i-- // the sign counts in the other forms too
			if ok {
				p.i--
			}
			return standardNot
		}
		p.days = append(p.days, s*year)
	} else {
		year, ok := p.fixed(4, 0, 9999)
		if !ok {
			return standardNot
		}
		p.days = append(p.days, year)
	}
	for _, most := range []int{12, 31} {
		if !p.skip('-') {
			break
		}
		n, ok := p.fixed(2, 1, most)
		if !ok {
			return standardNot
		}
		p.days = append(p.days, n)
	}
	switch p.peek().kind {
	case end:
		p.zone = zone{1, 0, 0}
	case timeWord:
		p.i++
		if !p.standardTime() {
			return standardWrong
		}
	default:
		return standardNot
	}
	p.iso = true
	return standardDone
}

// standardTime reads what stands behind the T.
func (p *textParser) standardTime() bool {
	hour, ok := p.fixed(2, 0, 24)
	p.times = append(p.times, hour)
	most := 59
	if hour == 24 {
		most = 0
	}
	if !ok || !p.skip(':') {
		return false
	}
	minute, ok := p.fixed(2, 0, most)
	if p.times = append(p.times, minute); !ok {
		return false
	}
	if p.skip(':') {
		second, ok := p.fixed(2, 0, most)
		if p.times = append(p.times, second); !ok {
			return false
		}
		if p.skip('.') {
			t := p.next()
			if t.kind != number || hour == 24 && t.value > 0 {
				return false
			}
			p.times = append(p.times, millis(t))
		}
	}
	return p.standardZone() && p.peek().kind == end
}

func (p *textParser) standardZone() bool {
	t := p.peek()
	if t.kind == zoneWord && t.length == 1 {
		p.i++
		p.zone = zone{1, 0, 0}
		return true
	}
	s := sign(t)
	if s == 0 {
		return true
	}
	p.i++
	if n, ok := p.fixed(4, 0, 2359); ok {
		p.zone = zone{s, n / 100, n % 100}
		return n%100 < 60
	}
	hour, ok := p.fixed(2, 0, 23)
	if !ok || !p.skip(':') {
		return false
	}
	minute, ok := p.fixed(2, 0, 59)
	p.zone = zone{s, hour, minute}
	return ok
}

// millis reads a fraction of a second.
func millis(t token) int {
	n, length := t.value, t.length
	for ; length < 3; length++ {
		n *= 10
	}
	for length = min(length, maxDigits); length > 3; length-- {
		n /= 10
	}
	return n
}

// legacy reads every other form.
func (p *textParser) legacy() bool {
	read := len(p.days) > 0
	for {
		t := p.next()
		switch {
		case t.kind == end:
			return true
		case t.kind == number:
			read = true
			if !p.number(t.value) {
				return false
			}
		case t.kind == halfWord && len(p.times) > 0:
			p.half = t.value
		case t.kind == monthWord:
			p.month = t.value
			p.skip('-')
		case t.kind == zoneWord && read:
			p.zone = zone{1, t.value, 0}
			if t.value < 0 {
				p.zone = zone{-1, -t.value, 0}
			}
		case t.kind == halfWord || t.kind == zoneWord || t.kind == timeWord || t.kind == otherWord:
			if read || p.peek().kind == number {
				return false
			}
		case sign(t) != 0 && (p.zone.utc() || len(p.times) > 0):
			if read = true; !p.offset(sign(t)) {
				return false
			}
		case (sign(t) != 0 || t.kind == symbol && t.value == ')') && read:
			return false
		}
	}
}

// number takes a number for a part of a date, of a time or of a zone.
func (p *textParser) number(n int) bool {
	switch {
	case p.skip(':'):
		if p.skip(':') {
			if len(p.times) > 0 {
				return false
			}
			p.times = append(p.times, n, 0)
			return true
		}
		if len(p.times) >= 4 {
			return false
		}
		p.times = append(p.times, n)
		if t := p.peek(); t.kind == symbol && t.value == '.' {
			p.i++
		}
		return true
	case p.skip('.'):
		if p.expects(n) {
			p.times = append(p.times, n)
			t := p.next()
			if t.kind != number {
				return false
			}
			p.last(millis(t))
			return true
		}
	}
	switch {
	case p.zone.hour >= 0 && p.zone.minute < 0 && n < 60:
		p.zone.minute = n
	case p.expects(n):
		p.last(n)
		t := p.peek()
		return t.kind == end || t.kind == space || t.kind == zoneWord && t.length == 1 || sign(t) != 0
	default:
		if len(p.days) >= 3 {
			return false
		}
		p.days = append(p.days, n)
		p.skip('-')
	}
	return true
}

// expects says whether the time goes on with a number.
func (p *textParser) expects(n int) bool {
	switch len(p.times) {
	case 1, 2:
		return n < 60
	case 3:
		return n < 1000
	}
	return false
}

// last ends the time with a number.
func (p *textParser) last(n int) {
	for p.times = append(p.times, n); len(p.times) < 4; {
		p.times = append(p.times, 0)
	}
}

// offset reads a zone's offset behind its sign.
func (p *textParser) offset(s int) bool {
	p.zone.sign = s
	n, length := 0, 0
	if t := p.peek(); t.kind == number {
		p.i++
		n, length = t.value, t.length
	}
	switch t := p.peek(); {
	case t.kind == symbol && t.value == ':':
		p.zone.hour, p.zone.minute = n, -1
	case length == 1 || length == 2:
		p.zone.hour, p.zone.minute = n, 0
	case length == 3 || length == 4:
		p.zone.hour, p.zone.minute = n/100, n%100
	default:
		return false
	}
	return true
}

// fields puts the parts together.
func (p *textParser) fields() (f Fields, ok bool) {
	if len(p.days) == 0 || !p.date(&f) {
		return f, false
	}
	for len(p.times) < 4 {
		p.times = append(p.times, 0)
	}
	f.Hour, f.Minute, f.Second, f.Milli = p.times[0], p.times[1], p.times[2], p.times[3]
	if p.half >= 0 {
		if f.Hour > 12 {
			return f, false
		}
		f.Hour = f.Hour%12 + p.half
	}
	if f.Hour > 23 || f.Minute > 59 || f.Second > 59 || f.Milli > 999 {
		if f.Hour != 24 || f.Minute > 0 || f.Second > 0 || f.Milli > 0 {
			return f, false
		}
	}
	if !p.zone.empty() || p.zone.sign != 0 {
		f.Zoned = true
		f.Offset = p.zone.sign * (max(p.zone.hour, 0)*3600 + max(p.zone.minute, 0)*60)
	}
	return f, true
}

// date finds out which number is the year, the month and the day.
func (p *textParser) date(f *Fields) bool {
	d := p.days
	for len(d) < 3 {
		d = append(d, 1)
	}
	isDay := func(n int) bool { return n >= 1 && n <= 31 }
	month := p.month
	switch {
	case month < 0 && (p.iso || !isDay(d[0])):
		f.Year, month, f.Day = d[0], d[1], d[2]
	case month < 0:
		month, f.Day, f.Year = d[0], d[1], d[2]
	case !isDay(d[0]):
		f.Year, f.Day = d[0], d[1]
	default:
		f.Day, f.Year = d[0], d[1]
	}
	if !p.iso && f.Year >= 0 && f.Year < 100 {
		if f.Year += 1900; f.Year < 1950 {
			f.Year += 100
		}
	}
	f.Month = month - 1
	return month >= 1 && month <= 12 && isDay(f.Day)
}
