package ai.recruit.matching;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Values by small numbers, so that a row holds a number where many rows have the same value. It only grows: a number stays with its value.
 *
 * <p>One thread writes; any may read.
 *
 * @param <K> what is looked up
 * @param <V> what is kept of it
 */
final class Dictionary<K, V> {

    private final Map<K, Integer> numbers = new ConcurrentHashMap<>();
    private final Function<K, V> entry;
    private volatile Object[] values = new Object[16];
    private volatile int size;

    Dictionary(Function<K, V> entry) {
        this.entry = entry;
    }

    /** With number 0 for a value that stands for none. */
    static <K> Dictionary<K, K> of(K none) {
        Dictionary<K, K> dictionary = new Dictionary<>(Function.identity());
        dictionary.number(none);
        return dictionary;
    }

    /** The value's number; a new one for a value that has none. For the writer alone. */
    int number(K value) {
        Integer known = numbers.get(value);
        if (known != null) {
            return known;
        }
        int number = size;
        Object[] room = values.length == number ? Arrays.copyOf(values, number * 2) : values;
        room[number] = entry.apply(value);
        values = room;
        size = number + 1;
        numbers.put(value, number);
        return number;
    }

    /** The value's number; {@link PartScores#NONE} when it has none. */
    int find(K value) {
        return numbers.getOrDefault(value, PartScores.NONE);
    }

    @SuppressWarnings("unchecked")
    V get(int number) {
        return (V) values[number];
    }

    /** Numbers run from 0 up to, not including, this. */
    int size() {
        return size;
    }
}
