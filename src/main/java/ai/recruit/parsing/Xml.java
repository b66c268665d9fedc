package ai.recruit.parsing;

import java.io.InputStream;
import java.util.MissingResourceException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Walks through an XML part, one event at a time. No document type, no entities but the five predefined ones, a bounded
 * depth: what an XML bomb needs is not there.
 */
final class Xml {

    private static final XMLInputFactory FACTORY = factory();

    private final XMLStreamReader reader;
    private final Budget budget;
    private int depth;

    Xml(InputStream bytes, Budget budget) {
        this.budget = budget;
        try {
            this.reader = FACTORY.createXMLStreamReader(bytes);
        } catch (XMLStreamException | MissingResourceException e) {
            throw corrupt();
        }
    }

    private static XMLInputFactory factory() {
        // The JDK's own, whatever else lies on the class path: its limits are the ones that are tested here.
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("no outside entities");
        });
        return factory;
    }

    /** Goes to the next start, end or text; false at the end of the document. */
    boolean next() {
        try {
            while (reader.hasNext()) {
                budget.tick();
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT:
                        budget.depth(++depth);
                        return true;
                    case XMLStreamConstants.END_ELEMENT:
                        depth--;
                        return true;
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE:
                        return true;
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE:
                        throw corrupt();
                    default:
                        break;
                }
            }
            return false;
        } catch (XMLStreamException | MissingResourceException e) {
            // The reader has no words for some of the faults that it finds in a document type.
            throw corrupt();
        }
    }

    boolean starts() {
        return reader.isStartElement();
    }

    boolean ends() {
        return reader.isEndElement();
    }

    boolean isText() {
        return !reader.isStartElement() && !reader.isEndElement();
    }

    /** Local name of the element at hand. */
    String name() {
        return reader.getLocalName();
    }

    String text() {
        return reader.getText();
    }

    /** An attribute by its local name, whatever its prefix. */
    @Nullable String attribute(String local) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (reader.getAttributeLocalName(i).equals(local)) {
                return reader.getAttributeValue(i);
            }
        }
        return null;
    }

    /** Whether an on/off property is on: present, and not said to be off. */
    boolean on() {
        String value = attribute("val");
        return value == null
                || !(value.equals("0") || value.equals("false") || value.equals("off") || value.equals("none"));
    }

    /** Skips the element that has just started, to its end. */
    void skip() {
        int level = 1;
        while (level > 0 && next()) {
            if (starts()) {
                level++;
            } else if (ends()) {
                level--;
            }
        }
    }

    private static LimitReached corrupt() {
        return new LimitReached(Outcome.CORRUPT, "XML that cannot be read");
    }
}
