package appraisal_test

import (
	"testing"
	"time"

	"rancak/internal/appraisal"
)

func TestBucketDelay(t *testing.T) {
	account, address := appraisal.AccountBucket("a"), appraisal.AddressBucket("a")
	for _, tt := range []struct {
		b     appraisal.Bucket
		tries int
		want  time.Duration
	}{
		{account, 0, 0}, {account, 5, 0}, {account, 6, time.Second}, {account, 7, 2 * time.Second},
		{account, 8, 4 * time.Second}, {account, 15, 512 * time.Second}, {account, 16, 900 * time.Second},
		{account, 35, 900 * time.Second}, {account, 36, 900 * time.Second}, {account, 1 << 40, 900 * time.Second},
		{address, 300, 0}, {address, 301, time.Second}, {address, 400, time.Minute},
	} {
		if got := tt.b.Delay(tt.tries); got != tt.want {
			t.Errorf("%s after %d tries: %v, want %v", tt.b.Key, tt.tries, got, tt.want)
		}
	}
}

func TestBucketCount(t *testing.T) {
	b := appraisal.AccountBucket("a")
	if got := b.Count(7, now.Add(-b.Window), now); got != 8 {
		t.Errorf("within the window: %d", got)
	}
	if got := b.Count(7, now.Add(-b.Window-time.Second), now); got != 1 {
		t.Errorf("after the window: %d", got)
	}
}

func TestBucketsAreApart(t *testing.T) {
	keys := map[string]bool{
		appraisal.AccountBucket("a").Key: true, appraisal.AddressBucket("a").Key: true,
		appraisal.DeviceBucket("a", "d").Key: true, appraisal.DeviceBucket("a", "e").Key: true,
		appraisal.DeviceBucket("b", "d").Key: true,
	}
	if len(keys) != 5 {
		t.Errorf("buckets share a key: %v", keys)
	}
	if !appraisal.AddressBucket("a").Shared || appraisal.AccountBucket("a").Shared || appraisal.DeviceBucket("a", "d").Shared {
		t.Error("only addresses are shared")
	}
}
