package appraisal

import "time"

// Bucket counts failed sign-ins of one account, of one account on a device it
// knows, or of one address.
type Bucket struct {
	Key string
	// Free tries cost nothing.
	Free int
	// First is the wait after the first try that is not free; it doubles with
	// each further one up to Longest.
	First, Longest time.Duration
	// Window without a try makes the bucket forget.
	Window time.Duration
	// Shared buckets belong to many people: a success takes back one try only.
	Shared bool
}

// AccountBucket holds for an account tried from unknown devices: 5 free tries,
// then 1, 2, 4 … 900 s.
func AccountBucket(login string) Bucket {
	return Bucket{Key: "account:" + login, Free: 5, First: time.Second, Longest: 15 * time.Minute, Window: 24 * time.Hour}
}

// DeviceBucket holds for an account on a device from which it signed in
// before, so that strangers cannot lock a person out.
func DeviceBucket(login, device string) Bucket {
	b := AccountBucket(login)
	b.Key = "device:" + device + ":" + login
	return b
}

// AddressBucket holds for a network address. A whole town hall can sit behind
// one, so it lets hundreds of failures pass in five minutes.
func AddressBucket(address string) Bucket {
	return Bucket{Key: "address:" + address, Free: 300, First: time.Second, Longest: time.Minute, Window: 5 * time.Minute, Shared: true}
}

// Count returns the number of tries after another one at now, the last having
// been at last.
func (b Bucket) Count(tries int, last, now time.Time) int {
	if now.Sub(last) > b.Window {
		return 1
	}
	return tries + 1
}

// Delay returns how long the bucket is blocked after so many tries.
func (b Bucket) Delay(tries int) time.Duration {
	over := tries - b.Free
	if over <= 0 {
		return 0
	}
	if over > 30 {
		return b.Longest
	}
	return min(b.First<<(over-1), b.Longest)
}
