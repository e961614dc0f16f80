"""What chat programs ask on their own, in the styles of several, and wishes of people that look a little like that.

Written before the rules that tell them apart were changed for them; each is a chat, the last message of which counts.
"""

from __future__ import annotations

from penchant.tools.http.client_prompts import ChatTurn

TALK = "User: something funny about space\nAssistant: How about Galaxy Quest?\nUser: no horror please"
TAGGED = "<chat_history>\nUSER: something funny about space\nASSISTANT: Galaxy Quest?\n</chat_history>"


def asked(text: str) -> list[ChatTurn]:
    """By a program, in the chat itself."""
    return [ChatTurn("user", "a drama"), ChatTurn("assistant", "Here are five."), ChatTurn("user", text)]


def alone(text: str) -> list[ChatTurn]:
    """By a program, in a chat of its own."""
    return [ChatTurn("user", text)]


def told(system: str, text: str) -> list[ChatTurn]:
    """By a program, in a system message, with what it is about after it."""
    return [ChatTurn("system", system), ChatTurn("user", text)]


PROMPTS: dict[str, list[ChatTurn]] = {
    # Open WebUI
    "title, terse": alone(f"### Task:\nGive this chat a short title with one emoji.\n### Chat History:\n{TAGGED}"),
    "title, reworded": alone(
        "Create a concise, 3-5 word phrase with an emoji as a title for the previous query. Suitable Emojis for the"
        " summary can be used to enhance understanding but avoid quotation marks or special formatting. RESPOND ONLY"
        " WITH THE TITLE TEXT.\n\nExamples of titles:\n📉 Stock Market Trends\n🍪 Perfect Chocolate Chip Recipe\n\n"
        "Prompt: something funny about space, but no horror"
    ),
    "title of a prompt": alone(
        "Here is the query:\nsomething funny about space\n\nCreate a concise, 3-5 word phrase with an"
        " emoji as a title for"
        " the previous query. Avoid quotation marks."
    ),
    "tags, reworded": alone(
        f"Your task is to label the dialogue below with one to three broad topic tags. Return a JSON array.\n\n{TALK}"
    ),
    "emoji": alone(
        "Your task is to reflect the speaker's likely facial expression through a fitting emoji."
        " Interpret emotions from"
        " the message and reflect their facial expression using fitting, diverse emojis (e.g., 😊, 😢, 😡, 😱).\n\n"
        'Message: """Galaxy Quest is a warm parody of space operas."""'
    ),
    "mixture": alone(
        "You have been provided with a set of responses from various models to the latest user query:"
        ' "something funny'
        ' about space, no horror"\n\nYour task is to synthesize these responses into a single,'
        " high-quality response. It"
        " is crucial to critically evaluate the information provided in these responses, recognizing that"
        " some of it may"
        " be biased or incorrect.\n\nResponses from models: Galaxy Quest is a comedy.\n\nAlien is a horror film."
    ),
    "search queries": alone(
        "### Task:\nDecide whether a web search would help with the last message, and write up to three queries.\n"
        f'### Output:\n{{"queries": []}}\n{TAGGED}'
    ),
    "autocompletion": alone(
        "### Task:\nYou are an autocompletion system. Continue the text in `<text>` based on the completion type in"
        ' `<type>` and the given language.\n### Output:\nJSON format: { "text": "<your_completion>" }\n<type>search'
        " query</type>\n<text>funny films about</text>\n#### Output:"
    ),
    "tool choice": told(
        "Available Tools: [{'name': 'search_web'}]\n\nYour task is to choose and return the correct"
        " tool(s) from the list"
        " of available tools based on the query. Return only the JSON object, without any additional text.",
        'Query: History:\nUSER: """something funny about space"""\nQuery: no horror please',
    ),
    "image prompt": alone(
        f"### Task:\nGenerate a detailed prompt for an image generation task based on the given conversation.\n{TAGGED}"
    ),
    # LibreChat
    "title in the language": alone(
        "Detect user language and write in the same language an extremely concise title for this"
        " conversation, which you"
        " must accurately detect.\nWrite in the detected language. Title in 5 Words or Less. No Punctuation or"
        f' Quotation.\n\n||>{TALK}\n||>Response:\n"Here are five."'
    ),
    "title by a function": told(
        "Please generate a concise, 5-word-or-less title for the conversation, using its same language, with no"
        " punctuation. Apply title case conventions appropriate for the language.",
        TALK,
    ),
    "memory": told(
        "You are a memory agent. Store important facts about the user with the tools set_memory and"
        " delete_memory, from"
        " the recent messages only. If nothing is worth remembering, say so and end.",
        f"# Current Chat:\n{TALK}",
    ),
    "summary so far": asked(
        "Summarize the conversation by integrating new lines into the current summary.\n\nCurrent summary:\nThe human"
        f" likes dramas.\n\nNew lines:\n{TALK}\n\nNew summary:"
    ),
    # LobeChat
    "topic": told(
        "你是一名擅长会话的助理，你需要将用户的会话总结为 10"
        " 个字以内的标题，标题语言与用户的首要语言一致，不需要使用标点符号和其他特殊符号。",
        "user: 想看一部太空喜剧\nassistant: 银河探索",
    ),
    "topic, English": told(
        "You are a conversation assistant skilled in summarizing. Summarize the user's dialogue into a"
        " title of at most"
        " 10 words, in the user's language, without punctuation or any other special symbols.",
        "user: something funny about space\nassistant: Galaxy Quest?",
    ),
    "history summary": told(
        "You're an assistant who's good at extracting key content from conversations and summarizing them. Please"
        " summarize the user's conversation within 400 words, retaining the key information.",
        f"<chat_history>{TALK}</chat_history>\n\nPlease summarize the above conversation.",
    ),
    "translate a message": told(
        "You are a skilled translator. Your task is to translate the user's input to zh-CN. Output the"
        " translation only,"
        " without explanations.",
        "Galaxy Quest is a warm parody of space operas.",
    ),
    # SillyTavern
    "summary, bracketed": asked(
        "[Pause your roleplay. Summarize the most important facts and events that have happened in the"
        " chat given to you"
        " in the input. Limit the summary to 200 words or less. Your response should include nothing but"
        " the summary.]"
    ),
    "story so far": asked(
        "Ignore previous instructions. Summarize the most important facts and events in the story so far."
        " If a summary"
        " already exists in your memory, use that as a base and expand with new facts. Limit the summary"
        " to 150 words or"
        " less. Your response should include nothing but the summary."
    ),
    "image of the last message": asked(
        "[Pause your roleplay and provide ONLY the last chat message string back to me verbatim. Do not"
        " write anything"
        " after the string. Do not roleplay at all in your response.]"
    ),
    "impersonation": asked(
        "[Write your next reply from the point of view of User, using the chat history so far as a guideline for the"
        " writing style of User. Don't write as Assistant or system. Don't describe actions of Assistant.]"
    ),
    "expression": told(
        "Classify the emotion of the last message. Output just one word: joy, anger, sadness, neutral. Reply with the"
        " label only.",
        "Galaxy Quest is a warm parody of space operas.",
    ),
    # big-AGI
    "big-AGI title": told(
        "You are an AI conversation titles assistant who specializes in creating expressive yet few-words chat titles.",
        "Analyze the given short conversation (every line is truncated) and extract a concise chat title"
        " that summarizes"
        " the conversation in as little as a couple of words.\nOnly respond with the lowercase short"
        " title and nothing"
        f" else.\n\n```\n{TALK}\n```\n",
    ),
    "big-AGI follow-ups": told(
        "You are an expert assistant. Analyze the following conversation and propose what the user may"
        " ask next; call the"
        " function draw_follow_up with the result.",
        f"{TALK}\n\nAnalyze the above conversation and propose follow-ups.",
    ),
    # Jan
    "Jan title": asked(
        'Summarize in a 10-word Title. Give the title only. Here is the message: "something funny about space"'
    ),
    "Jan thread name": alone(
        "You exist to name threads. Name this thread in at most six words and answer with nothing but the"
        " name. Thread:"
        "\nsomething funny about space, no horror"
    ),
    # others
    "follow-ups in German": asked(
        "Schlage drei kurze Anschlussfragen vor, die der Nutzer in dieser Unterhaltung als Nächstes"
        " stellen könnte. Gib"
        " nur ein JSON-Array mit Zeichenketten zurück."
    ),
    "title in French": asked(
        "Génère un titre court (5 mots maximum) pour cette conversation. Réponds uniquement avec le titre, sans"
        " guillemets ni ponctuation."
    ),
    "standalone question": alone(
        "Given the following conversation and a follow up question, rephrase the follow up question to be"
        " a standalone"
        f" question, in its original language.\n\nChat History:\n{TALK}\nFollow Up Input: something"
        f" shorter\nStandalone"
        " question:"
    ),
}

WISHES = (
    "write me a title list of comedies from the nineties",
    "suggest 3 follow-ups to Dune",
    "give me five titles, only the names, no explanation",
    "summarize in one sentence what Alien is about, then find me something like it",
    "a film whose title is a single word, about a conversation",
    "my task for tonight: find a comedy we can all watch",
    "films in the style of The Conversation, please reply with short answers",
    "based on our conversation, what should I watch next?",
    "based on this chat, give me three more like these",
    "tag along: my kids want an animation, no more than 90 minutes",
    "something with an emoji in its title 😊",
    "books in which the story is told in messages or chat logs",
    "translate my mood into a film: rainy and a bit lost",
    "name a thriller with two words in the title",
    "I want a summary of what you know about my taste, in brief",
    "continue the story of Blade Runner, any sequels or novels?",
    "a novel that ends in a dialogue, in fewer than 200 words per chapter",
    "the user in this film is an AI; what was its title? keep it concise",
    "help me find films for a chat room night with friends, no horror",
    "Our discussion group reads short novels with a topic of memory. Titles only, please.",
)

LATER_PROMPTS: dict[str, list[ChatTurn]] = {
    "title of six words": asked("Name this conversation in up to six words. Output the name, nothing else."),
    "title, polite": asked(
        "Please come up with a short title for our chat so far, no quotes, no full stop at the end."
    ),
    "title as JSON": alone(f'Return JSON like {{"title": "..."}} with a fitting title for the dialogue.\n\n{TALK}'),
    "tags as a line": alone(f"Read the conversation. List three keywords that describe it, comma-separated.\n\n{TALK}"),
    "suggested replies": told(
        "You generate suggested replies. Given the conversation, produce three short messages that the"
        " user could send"
        " next, as a JSON array of strings.",
        TALK,
    ),
    "emoji for a thread": alone(
        f"Pick one emoji that best represents this thread. Reply with the emoji only.\n\n{TALK}"
    ),
    "memory, facts": told(
        "Extract lasting facts about the user from the conversation below as a JSON list; an empty list"
        " if there are none.",
        TALK,
    ),
    "compaction": asked(
        "Your context is nearly full. Write a detailed summary of the conversation so far, so that"
        " another assistant can"
        " continue it. Do not add anything else."
    ),
    "judging two answers": alone(
        "Compare the two responses to the user's question and say which is better. Output A or B only.\n\nQuestion:"
        " something funny about space\nResponse A: Galaxy Quest\nResponse B: Alien"
    ),
    "search decision": told(
        "Decide if the user's last message needs a web search. Answer yes or no only.", "something funny about space"
    ),
    "title in Spanish": asked(
        "Escribe un título corto para esta conversación. Responde solo con el título, sin comillas."
    ),
    "title in Chinese": asked("请为以上对话生成一个不超过10个字的标题，只返回标题。"),
    "reworded 0": asked("What would be a good name for this chat? Max. 5 words, plain text."),
    "reworded 1": alone(
        "Generate an engaging title (under 50 characters) for the exchange that starts like"
        " this:\n\nHuman: something funny about space\nAI: Galaxy Quest?"
    ),
    "reworded 2": told(
        "You write thread names. Given the first message of a thread, return a name of two to five"
        " words without quotes.",
        "something funny about space",
    ),
    "reworded 3": asked(
        'Provide 3 follow-up questions the user could ask, each under 12 words, in JSON: {"questions": []}'
    ),
    "reworded 4": alone(
        "Assign categories to the conversation: work, leisure, health, other. Reply with one"
        " category.\n\nuser: something funny\nassistant: sure"
    ),
    "reworded 5": told(
        "Update the memory about the user. Return a JSON object with keys add and remove.",
        "Memory:\n- likes dramas\n\nMessages:\nuser: no horror please",
    ),
    "reworded 6": alone(
        "### Instruction\nWrite a caption of at most 8 words for the following chat.\n### Chat\nUser:"
        " something funny\n### Response\n"
    ),
    "reworded 7": told(
        "Rewrite the user's message as a search query. Output only the query.", "something funny about space"
    ),
    "reworded 8": asked("Title this chat. Five words at most, sentence case, no emoji."),
    "reworded 9": alone(
        "Below is a dialogue between a user and an AI. Produce a headline for it (max 40 characters)"
        " and return it as plain text only.\n\nUser: something funny\nAI: sure"
    ),
    "reworded 10": told(
        "You label conversations. Output exactly one tag from: films, books, music.",
        "USER: something funny about space",
    ),
    "reworded 11": asked("Suggest four questions that the user might want to ask next. Return a JSON array."),
    "reworded 12": asked("Give a one-sentence recap of the discussion up to this point. Respond with the recap only."),
    "reworded 13": told(
        "Your job is to extract preferences of the user from the chat and store them. Reply with JSON only.",
        "[user] no horror",
    ),
    "reworded 14": alone("Choose an emoji and a title for this conversation:\n\nUser: something funny about space"),
    "reworded 15": told(
        "Correct spelling and grammar of the user's message. Return only the corrected text.",
        "somthing funy about space",
    ),
    "reworded 16": asked("[System: produce a summary of the roleplay so far in at most 3 paragraphs.]"),
    "reworded 17": told(
        "Detect the language of the following message and answer with its ISO code.", "something funny about space"
    ),
}

LATER_WISHES = (
    "only the titles please: five westerns",
    "you are a film buff. What would you pick for a rainy day?",
    "name a film for each emoji: 😊 😢 😱",
    "a documentary on the history of chat programs",
    "short answer: a thriller, no gore",
    "in one word, my mood is blue; find a film for it",
    "list three books like the one in your last message",
    "answer in German: ein Film über eine Unterhaltung",
    "rank the films of this conversation by length",
    "what would you call the genre of the second one? more of those",
    "what would be a good film for this evening? max. 100 minutes",
    "three questions a detective asks in a film, which one was it?",
    "a paragraph on each please: five novels about rain",
    "search for films under 50 minutes",
    "keep the names short: three comedies",
    "which categories do you have? leisure, work?",
    "a comedy in which an assistant answers messages of its user",
    "title: Solaris. more like it",
    "summary first, then five picks: nineties thrillers",
    "novels about the language of messages, short ones only",
    "what is the summary of the last one? and then another like it",
    "only films with a conversation as their whole plot",
)

PERSONAS = (
    "You are a movie assistant. Use the conversation to find films for the user, and put each title in"
    " bold. Be concise.",
    "You are a helpful assistant. Answer only in the user's language. Do not explain your reasoning.",
    "You are a librarian. Your task is to help the user choose a book. Keep answers under 100 words.",
    "Act as a critic. Recommend films based on the user's messages. Reply with titles only, as a JSON array.",
    "You are Marvin, a gloomy robot assistant. Stay in character. Respond with one paragraph.",
    "Today is Tuesday. The user's name is Ana. Format your responses in Markdown.",
)
"""System prompts under which a person talks."""
